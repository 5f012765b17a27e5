"""Files on a drive without a trash: delete them for good, or keep them?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from imgsearch_desktop.application.ports import TrashEntry
from imgsearch_desktop.ui.acting.card import Card
from imgsearch_desktop.ui.theme.theme import Theme

NAMED = 3


class DeleteQuestion(Card):
    """Asks once for all of them; leaving it keeps the files.

    Signals:
        confirmed: the entries that are to be deleted.
    """

    confirmed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "warning", "warn", parent)
        self._entries: Sequence[TrashEntry] = ()
        self.names = QLabel(self)
        self.names.setTextFormat(Qt.TextFormat.PlainText)
        self.names.setWordWrap(True)
        self.names.setProperty("role", "muted")
        self.body.addWidget(self.names)
        self.delete_button = self.add_button("")
        self.keep = self.add_button("", "primary")
        self.delete_button.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.leave)

    def ask_about(self, entries: Sequence[TrashEntry]) -> None:
        """Ask; what was asked about before and not answered is asked again with it."""
        waiting = [] if self.isHidden() else list(self._entries)
        known = {entry.file_id for entry in entries}
        self._entries = (*(entry for entry in waiting if entry.file_id not in known), *entries)
        count = len(self._entries)
        shown = [entry.display_path for entry in self._entries[:NAMED]]
        if count > NAMED:
            shown.append(self.tr("and %n more", "", count - NAMED))
        self.names.setText("\n".join(shown))
        self.delete_button.setText(self.tr("Delete %n file(s) for good", "", count))
        self.keep.setText(self.tr("Keep"))
        self.ask(
            self.tr(
                "%n file(s) lie on a drive without a trash and are still there. Deleting cannot be undone.",
                "",
                count,
            )
        )
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        entries = self._entries
        self.leave()
        self.confirmed.emit(entries)
