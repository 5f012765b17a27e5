"""Models run by the library sentence-transformers, as in the published recipe; an extra that needs torch."""
