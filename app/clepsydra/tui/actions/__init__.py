"""What keys do: the methods behind the actions of `tui/keys`, a file a subject; screens take them as mixins."""
