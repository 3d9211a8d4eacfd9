"""The ways in which time and money are lost, found and told."""
