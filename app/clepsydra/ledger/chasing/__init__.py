"""Chasing: who is reminded of what and why, letters, promises, disputes, charges; what the evening says of money."""
