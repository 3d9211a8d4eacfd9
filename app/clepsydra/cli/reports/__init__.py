"""One file a report: the same figures as text, JSON, CSV and Markdown."""
