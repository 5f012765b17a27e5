"""Builds the application: the only room that knows every other."""
