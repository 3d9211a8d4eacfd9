"""From what the ledger tells to what a screen shows: texts and rows, a file a screen; no widgets."""
