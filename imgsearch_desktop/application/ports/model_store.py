"""Where models lie on this machine, and how they get there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from imgsearch_desktop.application.ports.models import Model
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import Calibration, ModelId, Pixels
from imgsearch_desktop.domain.model_list import ModelEntry
from imgsearch_desktop.domain.self_check import SelfCheckReport

Report = Callable[[Progress], None]
"""Takes progress, counted in bytes, on the thread that does the work."""


class ModelState(StrEnum):
    """How far a model is here."""

    ABSENT = "absent"
    PARTIAL = "partial"
    """Some of it is here; a download goes on from there."""
    READY = "ready"
    REFUSED = "refused"
    """Its files are whole, but its pictures and words do not match each other; it is not used."""
    DAMAGED = "damaged"
    """Files are missing or are not what they were; a download brings those anew."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model of the list, or one that lies here without being on the list.

    Attributes:
        entry: what it is.
        state: how far it is here.
        bytes_here: what it takes on the disk now.
        reason: why it is damaged or refused, one sentence; None otherwise.
        check: how its pictures and words match; None where that was never tried.
        image_tower: `ModelSpec.image_tower` of the opened model, made of the contents of its files; None
            while it is not whole, and for the starter model.
        removable: it can be removed; what is part of the program cannot.
        elsewhere: its files lie in folders of the user's or in a hub's cache, and stay when it is removed.
    """

    entry: ModelEntry
    state: ModelState
    bytes_here: int = 0
    reason: str | None = None
    check: SelfCheckReport | None = None
    image_tower: ModelId | None = None
    removable: bool = True
    elsewhere: bool = False

    @property
    def model_id(self) -> ModelId:
        """Its id."""
        return self.entry.model_id

    @property
    def usable(self) -> bool:
        """Whether `ModelStore.open` gives it."""
        return self.state is ModelState.READY


class ModelStore(Protocol):
    """The models on this machine, shared by all libraries. Thread-safe, and safe beside other processes."""

    def models(self) -> Sequence[StoredModel]:
        """The starter first, then the list in its order, then what came from folders. Reads no big file."""
        ...

    def model(self, model_id: ModelId) -> StoredModel:
        """One of them.

        Raises:
            ModelError: neither on the list nor here.
        """
        ...

    def open(self, model_id: ModelId, calibration: Calibration | None = None) -> Model:
        """A model whose encoders load on first use.

        Args:
            model_id: its id.
            calibration: where its results end; None for what the model brings itself, which is nothing for
                all but the starter.

        Raises:
            ModelError: it is not ready, and the message says why and what to do.
        """
        ...

    def import_folder(
        self,
        folder: Path,
        control: TaskControl,
        report: Report,
        *,
        as_model: ModelId | None = None,
        checked: bool = True,
    ) -> StoredModel:
        """Copy a model out of a folder on this computer and check it.

        A model's folder from another computer keeps its id; one of which nothing is known gets an id made of
        its name and its content.

        Args:
            folder: in one of the layouts that the program knows; it is only read.
            control: stops it; then nothing of it stays.
            report: takes the progress.
            as_model: the model of the list whose files these are, None to find out.
            checked: a model whose pictures and words do not match is refused; False takes it all the same.

        Raises:
            ModelError: no known layout, or files are missing or damaged.
            DiskFullError: no room.
            Cancelled: the user stopped it.
        """
        ...

    def add_pair(
        self,
        images: str,
        texts: str,
        control: TaskControl,
        report: Report,
        *,
        name: str | None = None,
        checked: bool = True,
    ) -> StoredModel:
        """Make a model of two that the library sentence-transformers runs; they stay where they are.

        Both are loaded once, to find out what they make and whether they match. The id is made of what the
        two are called and of what is in them.

        Args:
            images: folder, or name at the hub, of the model for pictures.
            texts: likewise for texts.
            control: stops it; then nothing of it stays.
            report: takes the progress.
            name: what people are to call it, None for the names of the two.
            checked: as for `import_folder`.

        Raises:
            ModelError: the library is not installed, one of the two cannot be had or loaded, or they do not
                belong together.
            DiskFullError: no room.
            Cancelled: the user stopped it.
        """
        ...

    def verify(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        """Read every file again and compare it with what was stored, then check pictures against words.

        What is part of the program is not looked at: it is installed and mended with it.

        Raises:
            ModelError: it is not here.
            Cancelled: the user stopped it.
        """
        ...

    def remove(self, model_id: ModelId) -> None:
        """Delete what is here of it; a part of a download as well.

        Raises:
            ModelError: it is part of the program, another process is at work on it, or it is in use.
        """
        ...


class ModelDownload(Protocol):
    """Fetches models of the list. Thread-safe, and safe beside other processes."""

    def fetch(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        """Fetch what is missing of a model, check it, and make it ready.

        Pause and cancel take effect at once; what has come so far stays and the next call goes on from there.

        Args:
            model_id: one with `ModelEntry.downloadable`.
            control: pauses, resumes, cancels.
            report: takes the progress.

        Returns:
            The model, ready or refused.

        Raises:
            ModelError: the hub cannot be reached or refuses, what came is not what should have come, or
                another process is fetching the same model.
            DiskFullError: there is no room for it.
            Cancelled: the user stopped it.
        """
        ...


@dataclass(frozen=True, slots=True)
class FasterModel:
    """What came of making a model faster.

    Attributes:
        stored: the faster model, under an id of its own; None where it was too far from the original.
        cosine: what nearly all photos' embeddings have with those of the original.
        photos: how many were compared.
    """

    stored: StoredModel | None
    cosine: float
    photos: int


class FasterModels(Protocol):
    """Makes faster versions of models on this computer."""

    def possible(self, model_id: ModelId) -> bool:
        """Whether there is anything to gain: a model in full precision whose faster version is not here."""
        ...

    def make(self, model_id: ModelId, pixels: Pixels, control: TaskControl) -> FasterModel:
        """Make one and keep it beside the original, unless it is too far from it.

        Args:
            model_id: a model that is ready, in full precision.
            pixels: photos of the library, uint8 (n, size, size, 3), cut as the model wants it; 8 or more.
            control: stops it, at once; then nothing of it stays.

        Raises:
            ModelError: the model is not ready or cannot be made faster, or there are too few photos.
            DiskFullError: no room.
            Cancelled: the user stopped it.
        """
        ...
