"""Use cases over ports; they know what to do, never with which tool."""
