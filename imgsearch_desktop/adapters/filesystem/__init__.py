"""Folders on disk: scanner, volumes, trash."""
