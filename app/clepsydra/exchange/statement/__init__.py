"""Statements as files: what they say (page, rows), and a file for each format."""
