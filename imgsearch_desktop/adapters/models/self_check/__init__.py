"""Whether a model understands a dozen drawings."""
