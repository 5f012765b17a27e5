"""Reading picture files: decode pool, metadata, thumbnails, hashes."""
