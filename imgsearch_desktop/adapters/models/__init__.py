"""Models that place pictures and words in one vector space."""
