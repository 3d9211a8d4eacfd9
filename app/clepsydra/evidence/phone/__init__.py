"""Lists of calls that a phone or a telephone system keeps: one file per format, none of which knows another."""
