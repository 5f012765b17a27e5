"""Everything a user does with models but search with them: look, fetch, import, verify, remove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from imgsearch_desktop.application.ports import ModelDownload, ModelStore, StoredModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry

Report = Callable[[Progress], None]

ForgetVectors = Callable[[ModelId, TaskControl, Report], int]
"""Lets the library forget what an image tower knows of its photos; returns how many those were."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal has freed.

    Attributes:
        entry: the model that was.
        bytes_freed: what its files took.
        photos: photos of the library whose embeddings of this model went.
    """

    entry: ModelEntry
    bytes_freed: int
    photos: int


class ModelLibrary:
    """The models of this computer.

    Args:
        store: where they lie.
        download: brings those of the list.
        in_use: ids of the models that the library searches with or is being encoded for.
        forget: lets the library forget a model that is removed; None where there is none to forget it.
    """

    def __init__(
        self,
        store: ModelStore,
        download: ModelDownload,
        in_use: Callable[[], Collection[ModelId]],
        forget: ForgetVectors | None = None,
    ) -> None:
        self._store = store
        self._download = download
        self._in_use = in_use
        self._forget = forget

    def models(self) -> Sequence[StoredModel]:
        """All there are, here or to be had; the starter first."""
        return self._store.models()

    def model(self, model_id: ModelId) -> StoredModel:
        """One of them.

        Raises:
            ModelError: there is no such model.
        """
        return self._store.model(model_id)

    def fetch(
        self, model_id: ModelId, accepted_licence: str, control: TaskControl, report: Report
    ) -> StoredModel:
        """Download a model.

        Args:
            model_id: one of the list.
            accepted_licence: the licence that the user was shown and agreed to; nothing is fetched before.
            control: pauses, resumes, cancels; takes effect at once.
            report: takes the progress, in bytes.

        Raises:
            ModelError: the licence is another one, or it cannot be fetched.
            DiskFullError: there is no room.
            Cancelled: the user stopped it; what has come is kept.
        """
        licence = self._store.model(model_id).entry.licence
        if accepted_licence != licence:
            raise ModelError(f"The model {model_id} is under the licence {licence}, which was not agreed to.")
        return self._download.fetch(model_id, control, report)

    def import_folder(
        self,
        folder: Path,
        control: TaskControl,
        report: Report,
        *,
        as_model: ModelId | None = None,
        checked: bool = True,
    ) -> StoredModel:
        """Take a model from a folder on this computer; see `ModelStore.import_folder`."""
        return self._store.import_folder(folder, control, report, as_model=as_model, checked=checked)

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
        """Make a model of two of sentence-transformers; see `ModelStore.add_pair`."""
        return self._store.add_pair(images, texts, control, report, name=name, checked=checked)

    def verify(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        """Compare a model's files with what was stored, and its pictures with its words.

        Raises:
            ModelError: it is not here.
            Cancelled: the user stopped it.
        """
        return self._store.verify(model_id, control, report)

    def remove(self, model_id: ModelId, control: TaskControl, report: Report) -> Removed:
        """Delete what the library knows by a model, unless another model shares that, then its files.

        In this order nothing is left that no command reaches, whenever this is stopped or killed.

        Raises:
            ModelError: it is in use, part of the program, or another process is at work on it.
            Cancelled: the user stopped it; some embeddings are gone, the files are there for another try.
        """
        stored = self._store.model(model_id)
        if not stored.removable:
            raise ModelError(f"{stored.entry.name} is part of the program and stays.")
        if model_id in self._in_use():
            raise ModelError(f"{stored.entry.name} is in use and cannot be removed. Use another model first.")
        photos, tower = 0, stored.image_tower
        others = (other for other in self._store.models() if other.model_id != model_id)
        shared = tower in {other.image_tower for other in others}
        if self._forget is not None and tower is not None and not shared:
            photos = self._forget(tower, control, report)
        self._store.remove(model_id)
        return Removed(stored.entry, stored.bytes_here, photos)
