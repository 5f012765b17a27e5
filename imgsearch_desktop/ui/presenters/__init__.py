"""Between use cases and views: what to show, in words, without widgets."""
