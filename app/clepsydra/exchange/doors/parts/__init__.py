"""What several doors share: tables, wall times, amounts of time, names, XML and SQLite of other programs."""
