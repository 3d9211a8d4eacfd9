"""A reminder as a file: a mail to be sent, a letter to be printed."""
