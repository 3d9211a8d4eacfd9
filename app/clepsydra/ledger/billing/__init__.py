"""Statements, what they froze, what is agreed for a group, what is still owed."""
