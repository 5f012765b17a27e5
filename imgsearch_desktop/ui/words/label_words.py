"""What a photo shows, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from imgsearch_desktop.runtime.label_words import words_in


def label_word(name: str) -> str:
    """The everyday word for a label or a group of labels; a name that has none stays as it is."""
    return words_in(QLocale().name().partition("_")[0]).get(name, name)
