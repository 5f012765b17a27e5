"""Background work for the window: QtCore and QImage only, one signal contract, latest generation wins."""
