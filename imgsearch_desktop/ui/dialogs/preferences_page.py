"""What every page of the preferences has: its part of the settings into controls and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.controls.caret import Choice
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

FIELD_WIDTH = 260


class PreferencesPage(QWidget):
    """One page. `changed` is sent when the user changes something, not when settings are shown.

    Signals:
        left: the preferences are closed; whoever works for the page lets its threads end.
    """

    changed = Signal()
    left = Signal()
    icon = "gear-six"
    """Phosphor's name of what stands before the title in the list."""

    def title(self) -> str:
        """What the page is called in the list."""
        raise NotImplementedError

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        raise NotImplementedError

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        raise NotImplementedError

    def hint(self, words: str) -> QLabel:
        """Small words below a control."""
        label = QLabel(words, wordWrap=True)
        label.setProperty("role", "muted")
        label.setMinimumWidth(FIELD_WIDTH)
        return label


def form_of(page: QWidget) -> QFormLayout:
    """An empty form that fills the page."""
    form = QFormLayout(page)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE.xl)
    form.setVerticalSpacing(SPACE.m)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    form.setFormAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    return form


def choice_of(theme: Theme, name: str, entries: Sequence[tuple[object, str]]) -> Choice:
    """A list to choose from.

    Args:
        theme: colours.
        name: what screen readers say.
        entries: value and words of each.
    """
    box = Choice(theme, name)
    box.setMinimumWidth(FIELD_WIDTH)
    for value, words in entries:
        box.addItem(words, value)
    return box


def select(box: Choice, value: object) -> None:
    """Choose the entry with this value, the first one where there is none."""
    box.setCurrentIndex(max(box.findData(value), 0))
