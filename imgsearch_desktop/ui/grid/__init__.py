"""The photo grid: layout, model, painting and view, for a million photos."""
