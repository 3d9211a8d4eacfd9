"""Exits: the log as a file that other programs read, each format one value."""
