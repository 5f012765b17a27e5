"""One model in the preferences: what it is, where it stands, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.ui.theme.tokens import SPACE
from imgsearch_desktop.ui.words.model_words import (
    facts_of,
    licence_of,
    megabytes,
    name_of,
    progress_of,
    reason_of,
    state_of,
    summary_of,
)

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class ShownModel:
    """A model as the preferences show it.

    Attributes:
        stored: what it is and how far it is here.
        active: it searches.
        chosen: the library is being encoded for it.
        percent: how many photos of the library it knows, for a chosen one.
        can_be_faster: a version of it that encodes photos faster can be made here, and has not been yet.
    """

    stored: StoredModel
    active: bool = False
    chosen: bool = False
    percent: int = 0
    can_be_faster: bool = False


@dataclass(frozen=True, slots=True)
class WorkUnderWay:
    """What is being done with a model's files.

    Attributes:
        progress: how far it is, None at the beginning.
        paused: it waits to be resumed.
        pausable: it can be paused.
    """

    progress: Progress | None = None
    paused: bool = False
    pausable: bool = False


class ModelCard(QFrame):
    """Shows a model and asks for what its buttons say.

    Signals:
        use_asked, download_asked, faster_asked, verify_asked, remove_asked: of this model; the licence was
            agreed to.
        pause_asked, cancel_asked: of the work under way.
    """

    use_asked = Signal()
    download_asked = Signal()
    faster_asked = Signal()
    verify_asked = Signal()
    remove_asked = Signal()
    pause_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, shown: ShownModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ModelCard")
        self._shown = shown
        self._work: WorkUnderWay | None = None
        self._others_busy = False
        self._agreed: Callable[[], None] | None = None
        self._make_words()
        self._make_buttons()
        self._lay_out()
        self.show_model(shown)

    def _make_words(self) -> None:
        self.name = QLabel()
        self.name.setProperty("role", "heading")
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.summary, self.facts, self.reason, self.question = (QLabel(wordWrap=True) for _ in range(4))
        self.facts.setProperty("role", "muted")
        self.reason.setProperty("tone", "warn")
        self.question.setTextFormat(Qt.TextFormat.RichText)
        self.question.setOpenExternalLinks(True)
        self.bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.progress = QLabel()
        self.progress.setProperty("role", "muted")

    def _make_buttons(self) -> None:
        self.use = QPushButton(self.tr("Use"))
        self.download = QPushButton(self.tr("Download…"))
        self.faster = QPushButton(self.tr("Make faster"))
        self.faster.setToolTip(
            self.tr(
                "Makes a version that encodes photos faster. It is compared with this one on your photos and "
                "kept only if it finds the same."
            )
        )
        self.verify = QPushButton(self.tr("Verify"))
        self.remove = QPushButton(self.tr("Remove…"))
        self.pause = QPushButton(self.tr("Pause"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.agree = QPushButton(self.tr("Agree and download"))
        self.agree.setProperty("kind", "primary")
        self.leave = QPushButton(self.tr("Not now"))
        self.use.clicked.connect(self.use_asked)
        self.faster.clicked.connect(self.faster_asked)
        self.verify.clicked.connect(self.verify_asked)
        self.pause.clicked.connect(self.pause_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.download.clicked.connect(self._ask_licence)
        self.remove.clicked.connect(self._ask_removal)
        self.agree.clicked.connect(self._answer_yes)
        self.leave.clicked.connect(self._ask_nothing)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        row = QHBoxLayout()
        row.setSpacing(SPACE.s)
        buttons = (self.use, self.download, self.pause, self.cancel, self.faster, self.verify, self.remove)
        for button in (*buttons, self.agree, self.leave):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.m, SPACE.m, SPACE.m, SPACE.m)
        column.setSpacing(SPACE.xs)
        column.addLayout(head)
        for part in (self.summary, self.facts, self.reason, self.question, self.bar, self.progress):
            column.addWidget(part)
        column.addSpacing(SPACE.xs)
        column.addLayout(row)

    # --- what it shows ---------------------------------------------------------------------------------

    def show_model(self, shown: ShownModel) -> None:
        """Show where the model stands now."""
        self._shown = shown
        stored = shown.stored
        name = name_of(stored.entry)
        self.name.setText(name)
        self.summary.setText(summary_of(stored.entry))
        self.facts.setText(facts_of(stored.entry))
        self.state.setText(self._state_words())
        self.reason.setText(reason_of(stored))
        self.setAccessibleName(name)
        for button in (
            self.use,
            self.download,
            self.faster,
            self.verify,
            self.remove,
            self.pause,
            self.cancel,
            self.agree,
        ):
            button.setAccessibleName(f"{button.text().rstrip('…')}: {name}")
        self._update()

    def show_work(self, work: WorkUnderWay | None, *, others_busy: bool = False) -> None:
        """Show what is being done with its files.

        Args:
            work: None for nothing.
            others_busy: another model's files are being worked on.
        """
        if work is not None and self._work is None:
            self._ask_nothing()
        self._work, self._others_busy = work, others_busy
        if work is not None:
            self._show_progress(work)
        self._update()

    def _show_progress(self, work: WorkUnderWay) -> None:
        progress = work.progress
        if progress is not None:
            self.progress.setText(self.tr("Paused") if work.paused else progress_of(progress))
            known = progress.total and progress.phase != "checking"
            self.bar.setMaximum(_STEPS if known else 0)
            self.bar.setValue(_STEPS * progress.done // progress.total if known and progress.total else 0)
        self.pause.setText(self.tr("Resume") if work.paused else self.tr("Pause"))

    def _state_words(self) -> str:
        if self._shown.active and self._shown.chosen:
            return self.tr("In use, knows {percent} % of your photos").format(percent=self._shown.percent)
        if self._shown.active:
            return self.tr("In use")
        if self._shown.chosen:
            return self.tr("Learning your photos: {percent} %").format(percent=self._shown.percent)
        words = state_of(self._shown.stored)
        if self._shown.stored.entry.recommended and self._shown.stored.state is ModelState.ABSENT:
            return self.tr("Recommended · {state}").format(state=words)
        return words

    def _update(self) -> None:
        stored, work = self._shown.stored, self._work
        needed = self._shown.active or self._shown.chosen
        asking = self._agreed is not None
        idle = work is None and not asking
        self.reason.setVisible(bool(self.reason.text()))
        for part in (self.bar, self.progress, self.cancel):
            part.setVisible(work is not None)
        self.pause.setVisible(work is not None and work.pausable)
        for part in (self.question, self.agree, self.leave):
            part.setVisible(asking)
        here = stored.state not in (ModelState.ABSENT, ModelState.PARTIAL)
        self.use.setVisible(idle and stored.usable and not needed)
        self.download.setVisible(idle and stored.entry.downloadable and not stored.usable)
        self.faster.setVisible(idle and self._shown.can_be_faster)
        self.verify.setVisible(idle and here and stored.removable)
        self.remove.setVisible(
            idle and stored.removable and stored.state is not ModelState.ABSENT and not needed
        )
        for button in (self.download, self.faster, self.verify, self.remove):
            button.setEnabled(not self._others_busy)
        self.download.setText(
            self.tr("Go on…") if stored.state is ModelState.PARTIAL else self.tr("Download…")
        )

    # --- what it asks ----------------------------------------------------------------------------------

    def _ask_licence(self) -> None:
        entry = self._shown.stored.entry
        links = ", ".join(f'<a href="{url}">{url}</a>' for url in entry.licence_urls)
        words = self.tr(
            "Licence: {licence} ({links}). {size} are fetched from the model hub; your photos never leave "
            "this computer."
        ).format(licence=licence_of(entry), links=links, size=megabytes(entry.download_mb))
        self._ask(words, self.tr("Agree and download"), self.download_asked.emit)

    def _ask_removal(self) -> None:
        if self._shown.stored.elsewhere:
            words = self.tr(
                "Take it off the list, with what it has learned of your photos? Its files stay, and so do "
                "the photos."
            )
        else:
            size = megabytes(round(self._shown.stored.bytes_here / 1e6))
            words = self.tr(
                "Delete its files ({size}) and what it has learned of your photos? The photos stay."
            ).format(size=size)
        self._ask(words, self.tr("Remove"), self.remove_asked.emit)

    def _ask(self, words: str, yes: str, then: Callable[[], None]) -> None:
        self._agreed = then
        self.question.setText(words)
        self.agree.setText(yes)
        self.agree.setAccessibleName(f"{yes}: {self.name.text()}")
        self._update()
        self.agree.setFocus()

    def _answer_yes(self) -> None:
        then = self._agreed
        self._ask_nothing()
        if then is not None:
            then()

    def _ask_nothing(self) -> None:
        self._agreed = None
        self._update()
