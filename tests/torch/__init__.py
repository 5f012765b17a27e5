"""Comparisons with torch, transformers and sentence-transformers; `make test-torch` runs them."""
