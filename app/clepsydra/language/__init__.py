"""Words and figures as people read and type them, in English and in French."""
