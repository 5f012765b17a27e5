"""Values and pure decisions; nothing but the standard library and numpy."""
