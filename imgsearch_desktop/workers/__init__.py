"""Qt workers: use cases on QThreads, one signal contract."""
