"""What is told while it happens, over the local D-Bus: telephone lines, and whether somebody sits at the machine."""
