"""Defaults that more than one reader of the settings must agree on."""

SESSION_OVER = 6 * 3600
"""Seconds after which a session is suspiciously long."""
