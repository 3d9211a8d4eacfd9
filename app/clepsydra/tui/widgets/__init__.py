"""Widgets that draw: each takes ready words and plain data, knows no ledger, and is cheap to update."""
