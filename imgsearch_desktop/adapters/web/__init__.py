"""Pictures on the web."""
