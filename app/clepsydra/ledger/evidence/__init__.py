"""What happened outside the microphone, in the ledger: gathered, owned, placed, decided."""
