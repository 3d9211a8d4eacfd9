"""Chats that a program has exported: what was sent is counted, and its text is not kept."""
