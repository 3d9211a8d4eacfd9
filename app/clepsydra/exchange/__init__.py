"""In and out: the log's own CSV and JSON, and the documents of statements."""
