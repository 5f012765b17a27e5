"""The embedded engine: exact vector scan and FTS5 over the catalogue."""
