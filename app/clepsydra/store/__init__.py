"""SQLite: schema, migrations, queries, journal, backups. The only place that speaks SQL."""
