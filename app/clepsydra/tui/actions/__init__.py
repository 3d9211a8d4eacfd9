"""What keys do: the table of actions, the keys that stand for them, and the methods behind, a file a subject."""
