"""Faster versions of stored models, made on this computer and kept beside them under ids of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from imgsearch_desktop.adapters.models.store.file_hashes import sha256_of
from imgsearch_desktop.adapters.models.store.manifest import Manifest, StoredFile
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.adapters.models.store.reasons import unwritable
from imgsearch_desktop.application.ports import FasterModel
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelId, Pixels
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry


class DiskFasterModels:
    """Fulfils `ports.FasterModels` by an int8 image tower.

    Args:
        store: where models lie.
    """

    def __init__(self, store: DiskModelStore) -> None:
        self._store = store

    def possible(self, model_id: ModelId) -> bool:
        """Whether there is anything to gain: a model in full precision whose faster version is not here."""
        from imgsearch_desktop.adapters.models.onnx_clip.int8 import int8_id
        from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder

        folders, known = self._store.folders, self._store.folders.manifest(model_id)
        if known is None or known.pair is not None or not self._store.model(model_id).usable:
            return False
        if folders.manifest(int8_id(model_id)) is not None:
            return False
        try:
            return not inspect_folder(folders.whole(model_id)).image.quantised
        except ModelError:
            return False

    def make(self, model_id: ModelId, pixels: Pixels, control: TaskControl) -> FasterModel:
        """Make the faster version of a model, unless it is too far from the original.

        Raises:
            ModelError: the model is not ready, is quantised already or cannot be converted; too few photos;
                or another process is at work on it.
            DiskFullError: no room.
            Cancelled: the user stopped it; nothing was made.
        """
        from imgsearch_desktop.adapters.models.onnx_clip.int8 import int8_id, make_int8

        folders = self._store.folders
        original = self._store.model(model_id)
        known = folders.manifest(model_id)
        if not original.usable or known is None or known.pair is not None:
            raise ModelError(f"{original.entry.name} has no files here that could be made faster.")
        made_id = int8_id(model_id)
        with folders.locked(model_id), folders.locked(made_id):
            gathered = folders.new_copy()
            try:
                folder = gathered / "model"
                compared = make_int8(folders.whole(model_id), folder, pixels, control.checkpoint)
                stored = None
                if compared.accepted:
                    manifest = Manifest(_entry_of(original.entry, made_id), _files_in(folder))
                    stored = self._store.finish(folder, manifest, accepted=known.accepted)
            except OSError as error:
                raise unwritable(error, folders.root) from error
            finally:
                folders.discard(gathered)
        return FasterModel(stored, compared.cosine, compared.photos)


def _entry_of(original: ModelEntry, made_id: ModelId) -> ModelEntry:
    return replace(
        original,
        model_id=made_id,
        name=f"{original.name}, int8",
        summary="Made on this computer: photos are encoded faster, nearly as exactly.",
        towers=(),
        download_mb=0,
        photos_per_s=None,
        recommended=False,
    )


def _files_in(folder: Path) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path, lambda _: None))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
