"""The use cases and read models: the only writer of the log."""
