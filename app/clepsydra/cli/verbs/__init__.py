"""One file a verb of the command line: what it takes, what it asks the ledger, how it is printed."""
