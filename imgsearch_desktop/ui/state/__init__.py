"""What the window is about, as values: what is asked, the way walked, what is dropped. No widget."""
