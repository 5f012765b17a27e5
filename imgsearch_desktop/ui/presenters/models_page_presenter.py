"""Models in the preferences: what the page asks for is done here, and goes on when the page is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal

from imgsearch_desktop.application.model_library import Removed
from imgsearch_desktop.application.ports import FasterModel, StoredModel
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.ui.dialogs.model_card import ShownModel, WorkUnderWay
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from imgsearch_desktop.ui.presenters.model_presenter import ModelPresenter
from imgsearch_desktop.ui.use_cases import ModelUseCases
from imgsearch_desktop.ui.words.model_words import name_of, reason_of
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, Work, WorkContext


@dataclass(frozen=True, slots=True)
class Said:
    """What came of something, for people."""

    words: str
    warn: bool = False


class ModelWork(QObject):
    """Works on models' files, one thing at a time; lives as long as the window.

    Args:
        use: what can be asked about models.
        parent: owner.

    Signals:
        moved: work began or is further.
        ended: `Said`.
    """

    moved = Signal()
    ended = Signal(object)

    def __init__(self, use: ModelUseCases, parent: QObject) -> None:
        super().__init__(parent)
        self._use = use.library
        self._faster = use.faster
        self._background = Background("model files", self)
        self.model_id: ModelId | None = None
        self.under_way: WorkUnderWay | None = None
        self._told: Callable[[object], Said] = lambda _answer: Said("")
        self._background.progressed.connect(lambda _generation, progress: self._on_progress(progress))
        self._background.succeeded.connect(lambda _generation, answer: self._end(self._told(answer)))
        self._background.failed.connect(lambda _generation, problem: self._on_failed(problem))
        self._background.cancelled.connect(lambda _generation: self._on_cancelled())

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self.under_way is not None

    def fetch(self, stored: StoredModel) -> None:
        """Download a model whose licence was agreed to, or what is missing of it."""
        model_id, licence, fetch = stored.model_id, stored.entry.licence, self._use.fetch
        self._begin(
            lambda context: fetch(model_id, licence, context.control, context.report),
            self._said_taken,
            model_id,
            pausable=True,
        )

    def take_folder(self, folder: Path) -> None:
        """Take a model from a folder on this computer."""
        take = self._use.import_folder
        self._begin(lambda context: take(folder, context.control, context.report), self._said_taken, None)

    def make_faster(self, model_id: ModelId) -> None:
        """Make a version of a model that encodes photos faster."""
        run = self._faster.run
        self._begin(
            lambda context: run(model_id, context.control, context.report), self._said_faster, model_id
        )

    def verify(self, model_id: ModelId) -> None:
        """Compare a model's files with what was stored, and its pictures with its words."""
        verify = self._use.verify
        self._begin(
            lambda context: verify(model_id, context.control, context.report), self._said_verified, model_id
        )

    def remove(self, model_id: ModelId) -> None:
        """Delete a model."""
        remove = self._use.remove
        self._begin(
            lambda context: remove(model_id, context.control, context.report), self._said_removed, model_id
        )

    def toggle_pause(self) -> None:
        """Pause what is under way, or go on."""
        if self.under_way is None:
            return
        if self._background.paused:
            self._background.resume()
        else:
            self._background.pause()
        self.under_way = replace(self.under_way, paused=self._background.paused)
        self.moved.emit()

    def cancel(self) -> None:
        """Stop what is under way; what a download has brought is kept."""
        self._background.cancel()

    def close(self) -> None:
        """Stop and let the thread end."""
        self._background.close()

    def _begin(
        self,
        work: Work,
        told: Callable[[object], Said],
        model_id: ModelId | None,
        *,
        pausable: bool = False,
    ) -> None:
        if self.busy or self._background.closed:
            return
        self.model_id, self._told = model_id, told
        self.under_way = WorkUnderWay(pausable=pausable)
        self._background.submit(work)
        self.moved.emit()

    def _on_progress(self, progress: Progress) -> None:
        if self.under_way is not None:
            self.under_way = replace(self.under_way, progress=progress)
            self.moved.emit()

    def _on_failed(self, problem: Problem) -> None:
        self._end(Said(spoken(problem.message), warn=True))

    def _on_cancelled(self) -> None:
        kept = self.under_way is not None and self.under_way.pausable
        self._end(Said(self.tr("Stopped. What has come is kept.") if kept else self.tr("Stopped.")))

    def _end(self, said: Said) -> None:
        self.model_id, self.under_way = None, None
        self.moved.emit()
        self.ended.emit(said)

    def _said_taken(self, answer: object) -> Said:
        assert isinstance(answer, StoredModel)
        if answer.usable:
            return Said(self.tr("{name} is on this computer now.").format(name=name_of(answer.entry)))
        return self._said_unusable(answer)

    def _said_verified(self, answer: object) -> Said:
        assert isinstance(answer, StoredModel)
        if answer.usable:
            words = self.tr("{name} is whole, and its pictures and words match each other.")
            return Said(words.format(name=name_of(answer.entry)))
        return self._said_unusable(answer)

    def _said_unusable(self, stored: StoredModel) -> Said:
        words = self.tr("{name} cannot be used. {reason}")
        return Said(words.format(name=name_of(stored.entry), reason=reason_of(stored)), warn=True)

    def _said_faster(self, answer: object) -> Said:
        assert isinstance(answer, FasterModel)
        if answer.stored is None:
            words = self.tr(
                "The faster version finds too much differently: cosine {cosine} with the original on "
                "{photos} of your photos. It was not kept; go on with the original."
            )
        else:
            words = self.tr(
                "The faster version is on this computer now: cosine {cosine} with the original on {photos} "
                "of your photos."
            )
        locale = QLocale()
        said = words.format(
            cosine=locale.toString(answer.cosine, "f", 4), photos=locale.toString(answer.photos)
        )
        return Said(said, warn=answer.stored is None)

    def _said_removed(self, answer: object) -> Said:
        assert isinstance(answer, Removed)
        return Said(self.tr("{name} is removed.").format(name=name_of(answer.entry)))


class ModelsPagePresenter(QObject):
    """Between the page and the models.

    Args:
        page: the page; this ends with it.
        use: what can be asked about models.
        work: what is being done with their files.
        models: prepares and switches models.
    """

    def __init__(self, page: ModelsPage, use: ModelUseCases, work: ModelWork, models: ModelPresenter) -> None:
        super().__init__(page)
        self._page = page
        self._use = use
        self._work = work
        self._stored: dict[ModelId, StoredModel] = {}
        self._reader = Background("models", self)
        self._reader.succeeded.connect(lambda _generation, shown: self._show(shown))
        self._reader.failed.connect(lambda _generation, problem: self._tell_problem(problem))
        page.left.connect(self._reader.close)
        page.use_asked.connect(lambda model_id: models.use_model(ModelId(model_id)))
        page.download_asked.connect(lambda model_id: work.fetch(self._stored[ModelId(model_id)]))
        page.faster_asked.connect(lambda model_id: work.make_faster(ModelId(model_id)))
        page.verify_asked.connect(lambda model_id: work.verify(ModelId(model_id)))
        page.remove_asked.connect(lambda model_id: work.remove(ModelId(model_id)))
        page.folder_chosen.connect(lambda folder: work.take_folder(Path(folder)))
        page.pause_asked.connect(work.toggle_pause)
        page.cancel_asked.connect(work.cancel)
        work.moved.connect(self._show_work)
        work.ended.connect(self._on_ended)
        models.models_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """See anew which models there are and where each stands."""
        if not self._reader.closed:
            self._reader.submit(self._read)

    def _read(self, _context: WorkContext) -> list[ShownModel]:
        state = self._use.switch.state()
        return [
            ShownModel(
                stored,
                stored.model_id == state.active,
                stored.model_id == state.target,
                state.percent,
                can_be_faster=self._use.faster.possible(stored.model_id),
            )
            for stored in self._use.library.models()
        ]

    def _show(self, shown: list[ShownModel]) -> None:
        self._stored = {model.stored.model_id: model.stored for model in shown}
        self._page.show_models(shown)
        self._show_work()

    def _show_work(self) -> None:
        if self._work.busy:
            self._page.say("")
        self._page.show_work(self._work.model_id, self._work.under_way)

    def _on_ended(self, said: Said) -> None:
        self._page.say(said.words, warn=said.warn)
        self.look()

    def _tell_problem(self, problem: Problem) -> None:
        self._page.say(spoken(problem.message), warn=True)
