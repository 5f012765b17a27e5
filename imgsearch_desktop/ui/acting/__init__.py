"""What can be done with photos: show, copy, send, move to the trash, correct, undo."""
