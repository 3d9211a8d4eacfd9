"""One file per screen; screens are wiring, and report what a person wants to the ledger."""
