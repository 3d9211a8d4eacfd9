"""Files of other programs into the log: whose each entry is, which are there already, and all of it in one change."""
