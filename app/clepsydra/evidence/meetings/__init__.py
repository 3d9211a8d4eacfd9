"""Lists of attendance that meeting programs give to who held the meeting."""
