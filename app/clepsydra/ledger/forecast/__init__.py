"""What will come in: thirteen weeks of cash, the month's revenue, and how often both would have held."""
