"""One file a verb of the command line: what it takes, what it asks the ledger, how it is printed.

Every verb raises `Usage` for words it cannot read, and lets `Refused` through: `cli/main.py` says both in one line.
"""
