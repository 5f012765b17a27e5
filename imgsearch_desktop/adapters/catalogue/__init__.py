"""The catalogue in SQLite: the truth about every photo."""
