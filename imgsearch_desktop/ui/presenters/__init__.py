"""What the user asks for, from typed text and events to use cases and back to views."""
