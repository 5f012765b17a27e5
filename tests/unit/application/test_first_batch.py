"""The first photos of a run can be looked at before the model has been loaded."""

from __future__ import annotations

import pytest

from imgsearch_desktop.application.ports import ImageEncoding
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import Pixels
from tests.support.fakes import FakeLibrary, FakeModel


class WatchingModel(FakeModel):
    """Notes how many photos the catalogue shows each time it is asked to encode."""

    def __init__(self, library: FakeLibrary) -> None:
        super().__init__()
        self.library = library
        self.seen: list[int] = []

    def encode(self, pixels: Pixels) -> ImageEncoding:
        self.seen.append(len(self.library.catalogue.present()))
        return super().encode(pixels)


def library_of(count: int) -> tuple[FakeLibrary, WatchingModel]:
    library = FakeLibrary()
    for number in range(count):
        library.disk.put(b"/photos/%d.jpg" % number, f"picture {number}")
    library.model = model = WatchingModel(library)
    return library, model


def test_the_first_batch_is_there_before_it_is_encoded():
    library, model = library_of(7)
    library.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    assert model.seen[0] > 0
    assert library.catalogue.searchable(model.spec.model_id) == 7


def test_photos_left_without_embedding_by_a_kill_are_encoded_by_the_next_run():
    library, model = library_of(5)

    def die(pixels: Pixels) -> ImageEncoding:
        raise RuntimeError("killed")

    model.encode = die  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="killed"):
        library.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    assert library.catalogue.present()
    assert library.catalogue.searchable(model.spec.model_id) == 0
    library.model = FakeModel()
    library.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    assert library.catalogue.searchable(model.spec.model_id) == 5
