"""What an hour really earns, where agreements and work drift apart, who has gone quiet."""
