"""The actions of each screen, as rows for the one table."""
