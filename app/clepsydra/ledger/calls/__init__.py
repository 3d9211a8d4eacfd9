"""Detected calls in the ledger: recorded, suggested a client, decided about, derived again."""
