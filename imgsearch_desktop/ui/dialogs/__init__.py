"""Windows beside the main window: failures, preferences, shortcuts."""
