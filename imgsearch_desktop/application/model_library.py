"""Everything a user does with models but search with them: look, fetch, import, verify, remove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from imgsearch_desktop.application.ports import ModelDownload, ModelStore, StoredModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import ModelError

Report = Callable[[Progress], None]


class ModelLibrary:
    """The models of this computer.

    Args:
        store: where they lie.
        download: brings those of the list.
        in_use: ids of the models that the library searches with or is being encoded for.
    """

    def __init__(
        self, store: ModelStore, download: ModelDownload, in_use: Callable[[], Collection[ModelId]]
    ) -> None:
        self._store = store
        self._download = download
        self._in_use = in_use

    def models(self) -> Sequence[StoredModel]:
        """All there are, here or to be had; the starter first."""
        return self._store.models()

    def model(self, model_id: ModelId) -> StoredModel:
        """One of them.

        Raises:
            ModelError: there is no such model.
        """
        return self._store.model(model_id)

    def in_use(self) -> Collection[ModelId]:
        """Ids of the models that cannot be removed now."""
        return self._in_use()

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

    def verify(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        """Compare a model's files with what was stored, and its pictures with its words.

        Raises:
            ModelError: it is not here.
            Cancelled: the user stopped it.
        """
        return self._store.verify(model_id, control, report)

    def remove(self, model_id: ModelId) -> None:
        """Delete a model's files.

        Raises:
            ModelError: it is in use, part of the program, or another process is at work on it.
        """
        stored = self._store.model(model_id)
        if model_id in self._in_use():
            raise ModelError(f"{stored.entry.name} is in use and cannot be removed. Use another model first.")
        self._store.remove(model_id)
