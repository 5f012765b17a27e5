"""Switching models without a moment in which search does not work.

The model that the user chooses is noted in the catalogue. A job encodes the library for it while the old
model goes on searching; when every photo is encoded and the engines have caught up, one transaction switches.
Killed at any moment, the next run goes on. Embeddings of the old model stay, so that going back encodes next
to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from imgsearch_desktop.application.active_model import ActiveModel, ModelInUse
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.encode_library import EncodeLibrary, EncodeReport
from imgsearch_desktop.application.ports import Catalogue, CatalogueWriter
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.library import ModelChoice
from imgsearch_desktop.domain.photo import PhotoId

FEEDING = "feeding"
"""Name of the phase in which the engines catch up; its units are photos."""

REMOVING = "removing"
"""Name of the phase in which embeddings are removed; its units are photos."""

SLICE = 2000
"""Photos whose embeddings are removed in one transaction."""


@dataclass(frozen=True, slots=True)
class SwitchState:
    """Where a library stands between two models.

    Attributes:
        active: the model that searches.
        target: the model the library is being encoded for, None for none; the active one after an early
            switch.
        known: photos that the target (without one: the active model) has seen.
        photos: photos in all.
        on_starter: the model that searches is the one that is always there.
    """

    active: ModelId
    target: ModelId | None
    known: int
    photos: int
    on_starter: bool

    @property
    def percent(self) -> int:
        """Share of the photos that are encoded, 100 only where all are."""
        return 100 if self.known >= self.photos else self.known * 100 // self.photos


@dataclass(frozen=True, slots=True)
class SwitchReport:
    """What came of a run.

    Attributes:
        model_id: the model that searches now, None where none was chosen.
        name: the same for people.
        encoded: photos that were encoded in this run.
        failed: photos that could not be encoded; they are seen while browsing, but no search finds them.
        reasons: why, each once.
    """

    model_id: ModelId | None = None
    name: str = ""
    encoded: int = 0
    failed: int = 0
    reasons: tuple[str, ...] = ()


class SwitchModel:
    """Chooses, prepares and switches models; each call from any thread, `run` by one at a time.

    Args:
        catalogue: says and is told which model searches.
        models: opens models.
        encode: encodes photos.
        calibrate: estimates where results end.
        forget: lets the engines forget what they hold of an image tower.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        models: ActiveModel,
        encode: EncodeLibrary,
        calibrate: CalibrateModel,
        forget: Callable[[ModelId], None],
    ) -> None:
        self._catalogue = catalogue
        self._models = models
        self._encode = encode
        self._calibrate = calibrate
        self._forget = forget

    def state(self) -> SwitchState:
        """Where the library stands."""
        choice = self._catalogue.model_choice()
        active = choice.active or self._models.starter_id
        photos = self._catalogue.counts().photos
        try:
            known = self._catalogue.searchable(self._models.of(choice.target or active).spec.vectors_id)
        except ModelError:  # its files are gone: nothing can be said, and nothing is lost
            known = 0
        return SwitchState(active, choice.target, known, photos, active == self._models.starter_id)

    def choose(self, model_id: ModelId) -> None:
        """Remember that the library is to be searched by this model; `run` then prepares it.

        Choosing the model that searches already takes an earlier choice back; photos that it has not seen
        yet, after an early switch, are then prepared.

        Raises:
            ModelError: it is not there or damaged.
            LibraryBusyError: another process writes to this library.
        """
        vectors_id = self._models.of(model_id).spec.vectors_id

        def choose(writer: CatalogueWriter) -> None:
            choice = self._catalogue.model_choice()
            searches = model_id == (choice.active or self._models.starter_id)
            complete = not self._catalogue.photos_without_embedding(vectors_id, 1)
            # One that began early has its figures still to come, though it may know every photo by now.
            done = searches and complete and choice.target != model_id
            writer.choose_model(ModelChoice(choice.active, None if done else model_id))

        self._catalogue.write(choose)

    def give_up(self) -> None:
        """Go on with the model that searches now; what was encoded for the other is kept.

        After an early switch there is no other: the choice stays, or what the model has not seen yet would
        be missing from every search without a word.
        """

        def give_up(writer: CatalogueWriter) -> None:
            choice = self._catalogue.model_choice()
            if choice.target != choice.active:
                writer.choose_model(ModelChoice(choice.active, None))

        self._catalogue.write(give_up)

    def run(self, control: TaskControl, report: Callable[[Progress], None]) -> SwitchReport:
        """Prepare the model that was chosen and switch to it; returns at once where none was.

        Raises:
            ModelError: it cannot be loaded; the present model goes on.
            EngineError: an engine cannot be reached; the present model goes on.
            DiskFullError: no room is left; everything encoded is kept.
            Cancelled: stopped by the user; the choice stays, the next run goes on.
        """
        target = self._catalogue.model_choice().target
        if target is None:
            return SwitchReport()
        meter = ProgressMeter(report)
        model = self._models.of(target)
        encoded = self._encode.run(model, [self._models.now().feed], control, meter)
        self._get_ready(model, control, meter)
        control.checkpoint()  # whoever has stopped it is told so, and nothing switches behind that
        if self._switched(target, complete=True):
            return _report(model, encoded)
        return SwitchReport(encoded=encoded.encoded)

    def switch_early(self, control: TaskControl, report: Callable[[Progress], None]) -> None:
        """Search with the chosen model now, on the photos it has seen so far; `run` goes on with the others.

        Raises:
            ModelError: none was chosen, it cannot be loaded or has not seen any photo yet.
            EngineError: an engine cannot be reached.
            Cancelled: stopped by the user; the present model goes on.
        """
        target = self._catalogue.model_choice().target
        if target is None:
            raise ModelError("No other model was chosen; the present one goes on searching.")
        model = self._models.of(target)
        if not self._catalogue.searchable(model.spec.vectors_id):
            raise ModelError(f"{model.spec.name} has not seen any photo yet. Try again in a minute.")
        self._get_ready(model, control, ProgressMeter(report))
        self._switched(target, complete=False)

    def remove_vectors(
        self, vectors_id: ModelId, control: TaskControl, report: Callable[[Progress], None]
    ) -> int:
        """Forget the embeddings of an image tower; the disk gets their room back.

        Args:
            vectors_id: see `ModelSpec.vectors_id`.
            control: stops it; what is removed by then stays removed.
            report: told how far it is.

        Returns:
            How many photos had one.

        Raises:
            ModelError: they are in use, or are those of the starter model.
            Cancelled: stopped by the user.
        """
        self._refuse_needed(vectors_id)
        meter = ProgressMeter(report)
        held = [held for held in self._catalogue.held_vectors() if held.vectors_id == vectors_id]
        photos = sum(tower.photos for tower in held)
        self._forget(vectors_id)
        after: PhotoId | None = PhotoId(0)
        done = 0
        while after is not None:
            control.checkpoint()
            meter.update(REMOVING, min(done, photos), photos)
            after = self._catalogue.write(partial(_drop, vectors_id=vectors_id, after=after))
            done += SLICE
        while self._catalogue.give_back_room():
            control.checkpoint()
        return photos

    def _refuse_needed(self, vectors_id: ModelId) -> None:
        """Refuse to lose embeddings that a model needs which searches, will search, or stands in.

        Raises:
            ModelError: such a model needs them, or cannot be opened to tell.
        """
        choice = self._catalogue.model_choice()
        for model_id in (self._models.starter_id, choice.active, choice.target):
            if model_id is not None and (spec := self._models.of(model_id).spec).vectors_id == vectors_id:
                raise ModelError(f"{spec.name} needs these embeddings. Choose another model first.")

    def _get_ready(self, model: ModelInUse, control: TaskControl, meter: ProgressMeter) -> None:
        """Everything but the switch itself: the engines and the figures."""
        model.feed.catch_up(control, settle=True, progress=partial(meter.update, FEEDING))
        self._calibrate.bring_up(model, control, meter)
        model.feed.catch_up(control, settle=True, progress=partial(meter.update, FEEDING))

    def _switched(self, target: ModelId, *, complete: bool) -> bool:
        """Switch in one transaction, unless the user has chosen otherwise meanwhile."""

        def switch(writer: CatalogueWriter) -> bool:
            choice = self._catalogue.model_choice()
            if choice.target != target:
                return False
            writer.choose_model(ModelChoice(target, None if complete else target))
            writer.release_cursors([self._models.of(target).spec.vectors_id, starter])
            return True

        starter = self._models.starter().spec.vectors_id
        return self._catalogue.write(switch)


def _drop(writer: CatalogueWriter, vectors_id: ModelId, after: PhotoId) -> PhotoId | None:
    return writer.drop_vectors(vectors_id, after, SLICE)


def _report(model: ModelInUse, encoded: EncodeReport) -> SwitchReport:
    reasons = tuple(dict.fromkeys(encoded.failed.values()))
    return SwitchReport(model.spec.model_id, model.spec.name, encoded.encoded, len(encoded.failed), reasons)
