"""What is owed and what pays it: receipts, credit, plans, lines of banks, ageing, and the books of money received."""
