"""The keyboard: which key does what (rows, table, keymap), and the way of a key to its method (dispatch)."""
