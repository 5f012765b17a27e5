"""The parts that the main window is put together from."""
