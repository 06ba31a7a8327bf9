"""The SQLite base; sessions and queries are only here."""
