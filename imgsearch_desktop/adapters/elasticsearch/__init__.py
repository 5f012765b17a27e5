"""The Elasticsearch engine: `PhotoIndex` over an index on a server."""
