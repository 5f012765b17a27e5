"""Paths, log, resources and crash handling of the running program."""
