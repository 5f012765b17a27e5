"""Better search: offered once, fetched when agreed to, learned in the background, then used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, QObject, Signal

from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.switch_model import SwitchReport, SwitchState
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter
from imgsearch_desktop.ui.presenters.settings_keeper import SettingsKeeper
from imgsearch_desktop.ui.use_cases import ModelUseCases
from imgsearch_desktop.ui.words.model_words import licence_of, name_of
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, WorkContext
from imgsearch_desktop.workers.errands import Errands

_OFFERED = (ModelState.ABSENT, ModelState.PARTIAL, ModelState.READY)


@dataclass(frozen=True, slots=True)
class _Models:
    """What there is to choose from: the recommended model, and where the library stands."""

    better: StoredModel | None
    state: SwitchState


class ModelPresenter(QObject):
    """Between the models and the parts that show them.

    Args:
        window: its parts.
        use: what can be asked about models.
        library: indexes; photos are not learned meanwhile.
        keeper: remembers that better search was offered.
    """

    switched = Signal()
    """Another model searches from now on."""
    looked = Signal()
    """It is known where the library stands and what there is to be had."""
    told_progress = Signal()
    """The status bar was told how far the new model is."""
    models_changed = Signal()
    """A model has come, or another one was chosen."""

    def __init__(
        self, window: MainWindow, use: ModelUseCases, library: LibraryPresenter, keeper: SettingsKeeper
    ) -> None:
        super().__init__(window)
        self._window = window
        self._use = use
        self._library = library
        self._keeper = keeper
        self._models: _Models | None = None
        self._told_share: int | None = None
        self._share_wanted = True
        self._learn_after = False
        self._errands = Errands("choosing models", self)
        self._fetcher = Background("model download", self)
        self._switcher = Background("learning", self)
        self._connect()

    def _connect(self) -> None:
        library, status = self._library, self._window.status
        library.job_started.connect(self._switcher.cancel)
        self._window.offer.dismissed.connect(lambda: self._want_share(False))
        library.job_ended.connect(self.start)
        status.pause_clicked.connect(self._toggle_pause)
        status.cancel_clicked.connect(self._stop)
        self._fetcher.progressed.connect(lambda _generation, progress: self._on_fetching(progress))
        self._fetcher.succeeded.connect(lambda _generation, stored: self._on_fetched(stored))
        self._fetcher.failed.connect(lambda _generation, problem: self._on_not_fetched(problem))
        self._fetcher.cancelled.connect(lambda _generation: self._on_fetching_stopped())
        self._fetcher.finished.connect(lambda _generation: self._show_rest())
        self._switcher.progressed.connect(lambda _generation, progress: self._on_learning(progress))
        self._switcher.succeeded.connect(lambda _generation, report: self._on_switched(report))
        self._switcher.failed.connect(lambda _generation, problem: self._on_not_switched(problem))
        self._switcher.finished.connect(lambda _generation: self._on_learning_ended())

    def start(self) -> None:
        """See where the library stands: go on with a model that was chosen, offer the better one once."""
        self._errands.run(self._look, self._on_looked, lambda _problem: None)

    def close(self) -> None:
        """Stop everything; what is done is kept, and the next start goes on."""
        for part in (self._errands, self._fetcher, self._switcher):
            part.close()

    # --- what there is ---------------------------------------------------------------------------------

    def _look(self, _context: WorkContext) -> _Models:
        models = self._use.library.models()
        better = next((stored for stored in models if stored.entry.recommended), None)
        return _Models(better, self._use.switch.state())

    def _on_looked(self, models: _Models) -> None:
        self._models = models
        if models.state.target is not None:
            self._learn()
        elif self._to_be_had is not None and models.state.photos and not self._offered:
            self.offer()
        self.looked.emit()

    @property
    def better_is_to_be_had(self) -> bool:
        """Whether there is a better model than the one that searches, and it can be had."""
        return self._to_be_had is not None

    @property
    def _offered(self) -> bool:
        return self._keeper.settings.window.better_search_offered

    @property
    def _to_be_had(self) -> StoredModel | None:
        """The recommended model, where the starter searches and nothing else was chosen."""
        models = self._models
        if models is None or models.better is None or models.better.state not in _OFFERED:
            return None
        chosen = models.state.target is not None or self._fetcher.busy
        return models.better if models.state.on_starter and not chosen else None

    # --- the offer -------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Say what better search is; it is offered by itself only once."""
        better = self._to_be_had
        if better is None:
            return
        words, action = self._offer_words(better), self.tr("Better search…")
        self._window.offer.tell(words, action=action, run=self.ask_licence)
        self._keeper.note_offered()

    def _offer_words(self, better: StoredModel) -> str:
        return self.tr(
            "Better search also understands people, events and moods, in many languages. Its model "
            "{name} ({size}) is fetched once and works offline from then on."
        ).format(name=name_of(better.entry), size=self._size(better))

    def offer_above_results(self) -> None:
        """The sentence above the results says what the model does not know: offer the one that does.

        It takes the place of the offer that comes by itself: nobody is to be told the same twice.
        """
        better = self._to_be_had
        if better is None:
            return
        words = self.tr("Better search does ({size})").format(size=self._size(better))
        self._window.notice.offer(words, self.ask_licence)
        if self._window.offer.label.text() == self._offer_words(better):
            self._window.offer.tell("")

    def ask_licence(self) -> None:
        """Show the licence before the first byte; a model that is here already needs none."""
        better = self._to_be_had
        if better is None:
            return
        if better.usable:
            self.use_model(better.model_id)
            return
        entry = better.entry
        self._window.offer.tell(
            self.tr(
                "{name} is under the licence {licence} ({url}). {size} are fetched from the model hub; "
                "your photos never leave this computer."
            ).format(
                name=name_of(entry),
                licence=licence_of(entry),
                url=", ".join(entry.licence_urls),
                size=self._size(better),
            ),
            action=self.tr("Agree and fetch"),
            run=partial(self.fetch, better),
        )

    def _size(self, stored: StoredModel) -> str:
        return self.tr("{size} MB").format(size=QLocale().toString(stored.entry.download_mb))

    # --- fetching --------------------------------------------------------------------------------------

    def fetch(self, stored: StoredModel) -> None:
        """Fetch a model whose licence was agreed to, then use it."""
        if self._fetcher.closed or self._fetcher.busy:
            return
        fetch = self._use.library.fetch
        self._fetcher.submit(
            lambda context: fetch(stored.model_id, stored.entry.licence, context.control, context.report)
        )
        self._window.offer.tell(
            self.tr("{name} is being fetched. You can go on searching.").format(name=name_of(stored.entry)),
            action=self.tr("Stop"),
            run=self._fetcher.cancel,
        )

    def _on_fetching(self, progress: Progress) -> None:
        if not self._library.job.active and not self._switcher.busy:
            self._show(progress, self._fetcher)

    def _on_fetched(self, stored: StoredModel) -> None:
        self.models_changed.emit()
        if stored.usable:
            self.use_model(stored.model_id)
        else:
            self._window.offer.tell(spoken(stored.reason or ""), warn=True)

    def _on_not_fetched(self, problem: Problem) -> None:
        self._tell_again(spoken(problem.message), self.tr("Try again"), warn=True)

    def _on_fetching_stopped(self) -> None:
        words = self.tr("Fetching was stopped. What has come is kept; the present model goes on searching.")
        self._tell_again(words, self.tr("Go on"))

    def _tell_again(self, words: str, action: str, *, warn: bool = False) -> None:
        better = self._models.better if self._models is not None else None
        run = partial(self.fetch, better) if better is not None else None
        self._window.offer.tell(words, warn=warn, action=action if run else "", run=run)

    # --- learning and switching ------------------------------------------------------------------------

    def use_model(self, model_id: ModelId) -> None:
        """Prepare a model that is here, and search with it when it knows every photo."""
        self._window.offer.tell("")
        self._want_share(True)

        def chosen(_nothing: object) -> None:
            self.models_changed.emit()
            self._learn()

        self._errands.run(lambda _context: self._use.switch.choose(model_id), chosen, self._on_not_switched)

    def _learn(self) -> None:
        """Go on with the model that was chosen; while photos are indexed that waits."""
        if self._switcher.closed or self._library.job.active:
            return
        if self._switcher.busy:  # an earlier run that was stopped may take a moment to end
            self._learn_after = True
            return
        self._learn_after = False
        lane, switch = self._library.lane, self._use.switch

        def learn(context: WorkContext) -> SwitchReport:
            with lane:
                return switch.run(context.control, context.report)

        self._switcher.submit(learn)

    def _on_learning(self, progress: Progress) -> None:
        if self._library.job.active:
            return
        self._show(progress, self._switcher)
        self.told_progress.emit()
        share = progress.done * 100 // progress.total if progress.total else None
        if share is None or share == self._told_share or not self._share_wanted:
            return
        self._told_share = share
        self._window.offer.tell(
            self.tr(
                "The new model is learning your photos: {percent} % of photos so far. Search goes on "
                "with the present one."
            ).format(percent=share),
            action=self.tr("Use it now"),
            run=self._switch_early,
        )

    def _want_share(self, wanted: bool) -> None:
        """Whether it is told above the photos how far the new model is; the status bar tells it anyway."""
        self._share_wanted, self._told_share = wanted, None

    def _switch_early(self) -> None:
        switch = self._use.switch
        self._window.offer.tell("")
        self._want_share(False)
        self._errands.run(
            lambda context: switch.switch_early(context.control, context.report),
            lambda _nothing: self._tell_switched(),
            self._on_not_switched,
        )

    def _on_switched(self, report: SwitchReport) -> None:
        if report.model_id is None:
            return
        words = self.tr("{name} searches now.").format(name=spoken(report.name))
        if report.failed:
            more = self.tr(
                "%n photo(s) could not be learned: browsing shows them, searching does not.",
                "",
                report.failed,
            )
            words = f"{words} {more} {spoken(report.reasons[0])}"
        self._window.offer.tell(words, warn=bool(report.failed))
        self._tell_switched()

    def _tell_switched(self) -> None:
        self.models_changed.emit()
        self.switched.emit()

    def _on_not_switched(self, problem: Problem) -> None:
        self._window.offer.tell(
            spoken(problem.message), warn=True, action=self.tr("Try again"), run=self.start
        )

    # --- pause and stop --------------------------------------------------------------------------------

    def _working(self) -> Background | None:
        """What the status bar tells of, None where that is the library's job or nothing."""
        if self._library.job.active:
            return None
        return next((work for work in (self._switcher, self._fetcher) if work.busy), None)

    def _toggle_pause(self) -> None:
        work = self._working()
        if work is None:
            return
        if work.paused:
            work.resume()
        else:
            work.pause()
        self._window.status.show_paused(work.paused)

    def _stop(self) -> None:
        work = self._working()
        if work is None:
            return
        work.cancel()
        if work is self._switcher:
            self._errands.run(self._give_up, self._on_given_up, self._on_not_switched)

    def _give_up(self, _context: WorkContext) -> SwitchState:
        before = self._use.switch.state()
        self._use.switch.give_up()
        return before

    def _on_given_up(self, before: SwitchState) -> None:
        target = before.target
        again: Callable[[], None] | None = partial(self.use_model, target) if target is not None else None
        if target == before.active:
            words = self.tr(
                "Learning was stopped: searches find the photos that the model knows so far. It learns the "
                "others when the program starts again."
            )
        else:
            words = self.tr("The present model goes on searching. What the new one has learned is kept.")
        self._window.offer.tell(words, action=self.tr("Go on") if again else "", run=again)
        self.models_changed.emit()

    # --- status bar ------------------------------------------------------------------------------------

    def _show(self, progress: Progress, work: Background) -> None:
        self._window.status.show_progress(progress)
        self._window.status.show_paused(work.paused)

    def _on_learning_ended(self) -> None:
        self._show_rest()
        if self._learn_after:
            self._learn()

    def _show_rest(self) -> None:
        """One thing has ended; the bar is for another, or for nothing."""
        if not self._library.job.active and self._working() is None:
            self._window.status.show_no_job()
