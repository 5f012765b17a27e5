"""What presenters need of `ui.words.photo_details`."""

from imgsearch_desktop.ui.words.photo_details import details_of, photo_name, why_of

__all__ = ["details_of", "photo_name", "why_of"]
