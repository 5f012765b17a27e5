"""The engine on a server as the window shows it, and what the preferences ask of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from imgsearch_desktop.application.manage_engine import EngineOverview, ManageEngine
from imgsearch_desktop.application.ports import Examination
from imgsearch_desktop.application.server_feed import ServerState
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.application.upload_model import (
    PREPARING,
    RECIPE_MODEL,
    STARTING,
    UPLOADING,
    UploadedModel,
    UploadModel,
)
from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from imgsearch_desktop.ui.panels.status_bar import StatusBar
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, WorkContext
from imgsearch_desktop.workers.errands import Errands

SETTLE_MS = 200
"""While photos are indexed the engine has news many times a second."""


class EngineNews(QObject):
    """Brings news of the engines, which come on any thread, to the GUI thread.

    Args:
        engine: the engines.
        parent: owner; with its end the news end.
    """

    came = Signal()
    _told = Signal()

    def __init__(self, engine: ManageEngine, parent: QObject) -> None:
        super().__init__(parent)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.came)
        self._told.connect(self._on_told)
        self._stop = engine.watch(self._told.emit)
        self.destroyed.connect(self._stop)

    def close(self) -> None:
        """No more news."""
        self._stop()
        self._settle.stop()

    def _on_told(self) -> None:
        if not self._settle.isActive():
            self._settle.start()


class EnginePresenter(QObject):
    """Shows in the status bar how the engine on a server is, and changes engines while the window is open.

    Args:
        status: where it is shown.
        engine: the engines.
        parent: owner.
    """

    switched = Signal()
    """Another engine answers: what is shown should be asked for again."""

    def __init__(self, status: StatusBar, engine: ManageEngine, parent: QObject) -> None:
        super().__init__(parent)
        self._status = status
        self._engine = engine
        self._reader = Background("engine state", self)
        self._reader.succeeded.connect(lambda _generation, state: self._show(state))
        self._changes = Errands("engine", self)
        self._news = EngineNews(engine, self)
        self._news.came.connect(self.refresh)

    def start(self) -> None:
        """Feed what has been waiting since the program ran last."""
        self._changes.run(lambda _context: self._engine.feed(), lambda _nothing: None, lambda _problem: None)

    def refresh(self) -> None:
        """Read anew how the engine is."""
        if not (self._reader.closed or self._reader.busy):
            self._reader.submit(lambda _context: self._engine.state())

    def switch(self, settings: EngineSettings) -> None:
        """Use another engine from now on; what waits for it is fed in the background."""

        def switch(_context: WorkContext) -> None:
            self._engine.switch(settings)
            self._engine.give_up_others()
            self._engine.feed(settle=True)

        self._changes.run(switch, lambda _nothing: self._on_switched(), lambda _problem: self._on_switched())

    def close(self) -> None:
        """Let the threads end."""
        self._news.close()
        self._reader.close()
        self._changes.close()

    def _on_switched(self) -> None:
        self.refresh()
        self.switched.emit()

    def _show(self, state: ServerState | None) -> None:
        if state is None:
            self._status.show_engine("embedded", None, 0)
        else:
            self._status.show_engine(state.name, state.away, state.waiting)


class EnginePagePresenter(QObject):
    """Does what the engine page asks for, one thing after the other.

    Args:
        page: the page; this ends with it.
        engine: the engines.
        upload: has the server encode searches.
    """

    def __init__(self, page: EnginePage, engine: ManageEngine, upload: UploadModel) -> None:
        super().__init__(page)
        self._page = page
        self._engine = engine
        self._upload = upload
        self._errands = Errands("engine page", self)
        self._errands.progressed.connect(self._show_progress)
        self._errands.idle.connect(self._on_idle)
        self._outdated = False
        self._news = EngineNews(engine, self)
        self._news.came.connect(self._look)
        page.left.connect(self._leave)
        page.test_requested.connect(self._test)
        page.use_requested.connect(self._use)
        page.rebuild_requested.connect(self._rebuild)
        page.upload_requested.connect(self._upload_model)
        self._look()

    def _leave(self) -> None:
        self._news.close()
        self._errands.close()

    def _look(self) -> None:
        """Ask the server how it is, after what it is being asked already."""
        self._outdated = self._errands.busy
        if not self._outdated:
            self._errands.run(lambda _context: self._engine.overview(), self._page.show_overview, self._tell)

    def _on_idle(self) -> None:
        self._page.show_busy(False)
        if self._outdated:
            self._look()

    def _test(self, settings: EngineSettings, secret: str | None) -> None:
        self._page.show_busy(True, self.tr("Trying the connection…"))
        self._errands.run(
            lambda _context: self._engine.test(settings, secret), self._page.show_examination, self._tell
        )

    def _use(self, settings: EngineSettings, secret: str | None) -> None:
        def try_and_keep(_context: WorkContext) -> tuple[Examination, bool]:
            examined = self._engine.test(settings, secret)
            kept = not (examined.usable and secret) or self._engine.keep_secret(settings, secret)
            return examined, kept

        def done(answer: tuple[Examination, bool]) -> None:
            examined, kept = answer
            self._page.show_examination(examined)
            if examined.usable:
                self._page.take(settings)
            if not kept:
                self._page.say(
                    self.tr(
                        "This system has no keyring: the password or key holds until the program ends. "
                        "IMGSEARCH_ES_API_KEY can hold an API key instead."
                    )
                )

        self._page.show_busy(True, self.tr("Trying the connection…"))
        self._errands.run(try_and_keep, done, self._tell)

    def _rebuild(self) -> None:
        def rebuild(context: WorkContext) -> EngineOverview | None:
            self._engine.rebuild(context.control, context.report)
            return self._engine.overview()

        def done(overview: EngineOverview | None) -> None:
            self._page.show_overview(overview)
            self._page.say(self.tr("The index has been built anew."))

        self._page.show_busy(True, self.tr("Building the index anew…"))
        self._errands.run(rebuild, done, self._tell)

    def _upload_model(self) -> None:
        def done(uploaded: UploadedModel) -> None:
            self._page.encode_texts_with(uploaded.settings.text_model)
            words = self.tr("Elasticsearch encodes searches now.")
            self._page.say(words if uploaded.texts.by_cluster else spoken(uploaded.texts.trouble or ""))

        self._page.show_busy(True, self.tr("Preparing and starting the model on Elasticsearch…"))
        self._errands.run(
            lambda context: self._upload.run(RECIPE_MODEL, None, context.control, context.report),
            done,
            self._tell,
        )

    def _show_progress(self, progress: Progress) -> None:
        if progress.phase in (PREPARING, UPLOADING, STARTING):
            self._page.show_upload(progress)
        else:
            self._page.show_progress(progress)

    def _tell(self, problem: Problem) -> None:
        self._page.say(spoken(problem.message))
