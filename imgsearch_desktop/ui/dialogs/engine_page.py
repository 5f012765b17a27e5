"""The page of the preferences about the engine."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from imgsearch_desktop.application.manage_engine import EngineOverview
from imgsearch_desktop.application.ports import Examination, FindingKind
from imgsearch_desktop.application.settings import EngineSettings, Settings
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage, choice_of, select
from imgsearch_desktop.ui.dialogs.server_form import ServerForm
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE
from imgsearch_desktop.ui.words.engine_words import how_the_server_is
from imgsearch_desktop.ui.words.spoken import spoken

EMBEDDED, ELASTICSEARCH = "embedded", "elasticsearch"


class EnginePage(PreferencesPage):
    """Which engine answers; a server is used only after it was tried.

    Args:
        theme: colours.
    """

    icon = "database"
    test_requested = Signal(object, object)
    """`EngineSettings` and the secret that was typed, None for the one that is kept."""
    use_requested = Signal(object, object)
    """The same."""
    rebuild_requested = Signal()
    upload_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        engines = ((EMBEDDED, self.tr("Embedded")), (ELASTICSEARCH, "Elasticsearch"))
        self.engine = choice_of(theme, self.tr("Engine"), engines)
        self.form = ServerForm(theme, self.engine)
        self.test = QPushButton(self.tr("Test connection"))
        self.use = QPushButton(self.tr("Use this server"))
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.index = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.rebuild = QPushButton(self.tr("Rebuild the index"))
        self.upload = QPushButton(self.tr("Let it encode searches"))
        self.upload.setToolTip(
            self.tr("Uploads CLIP's text model and starts it there. Needs machine learning on the server.")
        )
        for label in (self.said, self.index):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._applied = EngineSettings()
        self._overview: EngineOverview | None = None
        self._busy = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._hint = self.hint(self.tr("The embedded engine needs no server and no set-up."))
        self._server = QWidget()
        server = QVBoxLayout(self._server)
        server.setContentsMargins(0, 0, 0, 0)
        server.setSpacing(SPACE.m)
        server.addLayout(_row(self.test, self.use))
        server.addWidget(self.said)
        server.addWidget(self.index)
        server.addLayout(_row(self.rebuild, self.upload))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE.s, 0)
        column.setSpacing(SPACE.m)
        for part in (self.form, self._hint, self._server):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def _connect(self) -> None:
        self.engine.activated.connect(self._on_engine)
        self.form.edited.connect(self._update_buttons)
        self.test.clicked.connect(lambda: self.test_requested.emit(*self._typed()))
        self.use.clicked.connect(lambda: self.use_requested.emit(*self._typed()))
        self.rebuild.clicked.connect(self.rebuild_requested)
        self.upload.clicked.connect(self.upload_requested)
        self._update_buttons()

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Engine")

    # --- settings --------------------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        self._applied = settings.engine
        select(self.engine, settings.engine.engine)
        self.form.show_settings(settings.engine)
        self._update_buttons()

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with the engine that is used; fields that were only typed do not count."""
        return replace(settings, engine=self._applied)

    def take(self, settings: EngineSettings) -> None:
        """This server was tried and is to be used."""
        self._applied = settings
        self.form.secret.clear()
        self._update_buttons()
        self.changed.emit()

    def encode_texts_with(self, text_model: str | None) -> None:
        """This model on the server encodes searches from now on."""
        self._applied = replace(self._applied, text_model=text_model)
        self.changed.emit()

    def _typed(self) -> tuple[EngineSettings, str | None]:
        return self.form.applied_to(self._applied), self.form.typed_secret

    def _on_engine(self) -> None:
        if self.engine.currentData() == EMBEDDED and self._applied.engine != EMBEDDED:
            self.said.clear()
            self.take(replace(self._applied, engine=EMBEDDED))
        self._update_buttons()

    # --- what came of it -------------------------------------------------------------------------------

    def show_busy(self, busy: bool, words: str = "") -> None:
        """Show that the server is being asked, in words; nothing can be asked meanwhile."""
        self._busy = busy
        if words:
            self.said.setText(words)
        self._update_buttons()

    def show_examination(self, examined: Examination) -> None:
        """Show what was found about a server."""
        signs = {FindingKind.GOOD: "✓", FindingKind.NOTE: "•", FindingKind.PROBLEM: "✗"}
        lines = [f"{signs[found.kind]}  {spoken(found.text)}" for found in examined.findings]
        self.said.setText("\n".join(lines))

    def say(self, words: str) -> None:
        """Show a sentence about what was asked for."""
        self.said.setText(words)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the index is filled."""
        locale = QLocale()
        of = f" / {locale.toString(progress.total)}" if progress.total is not None else ""
        self.said.setText(
            self.tr("Filling the index: {done}").format(done=locale.toString(progress.done) + of)
        )

    def show_upload(self, progress: Progress) -> None:
        """Show how far a model is on its way to the server."""
        if progress.total is None:
            self.said.setText(self.tr("Preparing and starting the model on Elasticsearch…"))
            return
        locale = QLocale()
        done, total = (locale.formattedDataSize(size) for size in (progress.done, progress.total))
        self.said.setText(self.tr("Uploading the model: {done} of {total}").format(done=done, total=total))

    def show_overview(self, overview: EngineOverview | None) -> None:
        """Show how the engine on the server is, None without one."""
        self._overview = overview
        if overview is not None:
            lines = [how_the_server_is(overview.state.away, overview.state.waiting)]
            if overview.state.away:
                lines.append(spoken(overview.state.away))
            if overview.facts is not None:
                size = QLocale().formattedDataSize(overview.facts.size_bytes)
                words = self.tr("Index {name}: %n photo(s), {size}", "", overview.facts.photos)
                lines.insert(0, words.format(name=overview.facts.name, size=size))
            if overview.state.refused:
                words = self.tr("%n photo(s) were refused: {reason}", "", overview.state.refused)
                lines.append(words.format(reason=spoken(overview.state.refusal)))
            self.index.setText("\n".join(lines))
        self._update_buttons()

    def _update_buttons(self) -> None:
        server = self.engine.currentData() == ELASTICSEARCH
        used = server and self._applied.on_server
        self.form.show_server(server)
        self._server.setVisible(server)
        self._hint.setVisible(not server)
        named = bool(self.form.url.text().strip() or self.form.cloud_id.text().strip())
        for button in (self.test, self.use):
            button.setEnabled(named and not self._busy)
        self.index.setVisible(used and self._overview is not None)
        for button in (self.rebuild, self.upload):
            button.setVisible(used)
            button.setEnabled(not self._busy)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE.s)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
