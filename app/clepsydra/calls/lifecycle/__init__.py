"""From the begin of a call to its end, by what is seen of a program, told by a line, or heard in the room. Pure."""
