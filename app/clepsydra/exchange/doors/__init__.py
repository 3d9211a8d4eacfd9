"""Doors: the files of other programs, each read by one value that says only what the file says.

A door is pure: it gets the bytes of a file and yields what stands in it, and never touches the disk, the network, the
log or the clock. What the texts mean here (which client, which channel) is decided by the person, further up.
"""
