"""Contracts at work: what consumes them, what they bill beside hours, what they warn of."""
