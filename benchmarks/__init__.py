"""Reproducible measurements: ``make bench``; each figure stands beside its budget."""
