"""Chasing: who is reminded of what and why, letters, promises and disputes, charges, and what the evening says of money."""
