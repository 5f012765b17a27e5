"""The status bar: how far the library is, what is being done, pause and cancel, engine and model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.library import LibraryState
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE
from imgsearch_desktop.ui.words.engine_words import how_the_server_is
from imgsearch_desktop.ui.words.spoken import spoken

IN_BYTES = ("downloading", "checking", "verifying")
"""Phases whose units are bytes; they are told in MB."""


class StatusBar(QFrame):
    """Shows the state of the library and of the job under way.

    Args:
        theme: colours.
        parent: owner.
    """

    pause_clicked = Signal()
    cancel_clicked = Signal()
    failures_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("StatusBar")
        self.setFixedHeight(SIZE.status_bar)
        self.count, self.phase, self.rate, self.left = (QLabel(self) for _ in range(4))
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.pause = IconButton(theme, "pause", self.tr("Pause"), self, size=16)
        self.cancel = IconButton(theme, "x", self.tr("Stop"), self, size=14)
        for button in (self.pause, self.cancel):
            button.setFixedSize(SIZE.target, SIZE.target)
        self.failures = QPushButton(self)
        self.failures.setProperty("kind", "link")
        self.failures.setFixedHeight(SIZE.target)
        self.engine, self.model = QLabel(self), QLabel(self)
        self.pause.clicked.connect(self.pause_clicked)
        self.cancel.clicked.connect(self.cancel_clicked)
        self.failures.clicked.connect(self.failures_clicked)
        self._job = (self.phase, self.rate, self.left, self.bar, self.pause, self.cancel)
        self._parts = (self.count, *self._job, self.failures, self.engine, self.model)
        self._wanted = set[QWidget]((self.count, self.engine, self.model))
        self._build()
        self.show_no_job()

    def _build(self) -> None:
        self.setMinimumWidth(1)  # what does not fit steps back; the window is not made wider for it
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        layout.setSpacing(SPACE.m)
        for widget in (self.count, *self._job, self.failures):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.engine)
        layout.addWidget(self.model)

    def show_state(self, state: LibraryState, model_name: str) -> None:
        """Show how far the library is."""
        locale = QLocale()
        searchable, photos = locale.toString(state.searchable), locale.toString(state.photos)
        if not state.photos:
            words = self.tr("No photos yet")
        elif state.searchable == state.photos:
            words = self.tr("%n photo(s)", "", state.photos).replace(str(state.photos), photos, 1)
        else:
            words = self.tr("{done} of {all} searchable").format(done=searchable, all=photos)
        self.count.setText(words)
        self.show_engine(state.engine, state.engine_away, state.engine_waiting)
        self.model.setText(spoken(model_name))
        self.model.setToolTip(self.tr("The model that understands pictures and words"))
        self.failures.setText(
            self.tr("%n file(s) could not be read", "", state.failed) if state.failed else ""
        )
        if state.failed:
            self._wanted.add(self.failures)
        else:
            self._wanted.discard(self.failures)
        self._fit()

    def show_engine(self, name: str, away: str | None, waiting: int) -> None:
        """Show which engine searches, and what is amiss with one on a server.

        Args:
            name: of the engine that is chosen.
            away: why it cannot be used now, None if it can.
            waiting: changes that it has not taken yet.
        """
        names = {"embedded": self.tr("Embedded"), "elasticsearch": "Elasticsearch"}
        amiss = away is not None or waiting > 0
        self.engine.setText(how_the_server_is(away, waiting) if amiss else names.get(name, name))
        self.engine.setToolTip(spoken(away) if away else self.tr("The engine that searches"))
        self.engine.setProperty("role", "problem" if away is not None else "")
        self.engine.style().unpolish(self.engine)
        self.engine.style().polish(self.engine)
        self._fit()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        locale = QLocale()
        phases = {
            "scanning": self.tr("Looking through folders"),
            "indexing": self.tr("Indexing"),
            "encoding": self.tr("Learning"),
            "feeding": self.tr("Making photos searchable"),
            "learning": self.tr("The new model learns"),
            "calibrating": self.tr("Measuring the new model"),
            "connecting": self.tr("Connecting"),
            "downloading": self.tr("Fetching the model, MB"),
            "checking": self.tr("Trying the model"),
            "verifying": self.tr("Verifying the model, MB"),
        }
        unit = 1 << 20 if progress.phase in IN_BYTES else 1
        done, total = progress.done // unit, progress.total
        of = f" / {locale.toString(total // unit)}" if total is not None else ""
        words = phases.get(progress.phase, self.tr("Working"))
        self.phase.setText(f"{words} {locale.toString(done)}{of}")
        rate = (progress.rate or 0) / unit
        self.rate.setText(f"{locale.toString(round(rate))}/s" if rate else "")
        self.left.setText(self._time_left(progress.seconds_left))
        self.bar.setRange(0, (total or 0) // unit)
        self.bar.setValue(done if total else 0)
        self._wanted.update(self._job)
        self._fit()

    def show_no_job(self) -> None:
        """Nothing is being done."""
        self._wanted.difference_update(self._job)
        self.show_paused(False)

    def show_paused(self, paused: bool) -> None:
        """Show whether the job is paused."""
        self.pause.set_icon("play" if paused else "pause")
        self.pause.set_words(self.tr("Go on") if paused else self.tr("Pause"))
        if paused:
            self.rate.setText(self.tr("paused"))
            self.left.clear()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what is wanted; where there is no room for all of it, what matters least steps back."""
        shown = [part for part in self._parts if part in self._wanted]
        calm = self.engine.property("role") != "problem"
        spare = (self.model, *((self.engine,) if calm else ()), self.rate, self.left, self.bar, self.count)
        for part in spare:
            if self._width_of(shown) <= self.width():
                break
            if part in shown:
                shown.remove(part)
        for part in self._parts:
            part.setVisible(part in shown)

    def _width_of(self, parts: Sequence[QWidget]) -> int:
        widths = [part.minimumWidth() or part.sizeHint().width() for part in parts]
        return sum(widths) + len(parts) * SPACE.m + 2 * SPACE.l

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("{minutes} min left").format(minutes=minutes)
        return self.tr("{hours} h left").format(hours=round(minutes / 60))
