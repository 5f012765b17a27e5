"""An engine that is filled again at the start of an indexing run is seen and can be cancelled."""

from __future__ import annotations

import pytest

from imgsearch_desktop.application.sync_engine import BATCH
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import Cancelled
from tests.support.fakes import FakeIndex, FakeLibrary


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    """Nine photos, an engine that lost them, and one file more to be read."""
    library = FakeLibrary()
    for number in range(9):
        library.disk.put(b"/photos/%d.jpg" % number, f"picture {number}")
    library.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    library.index = FakeIndex()
    library.disk.put(b"/photos/new.jpg", "a new picture")
    assert BATCH > 2
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 2)
    return library


@pytest.mark.parametrize("trimmed", [True, False])
def test_it_can_be_cancelled(emptied: FakeLibrary, trimmed: bool) -> None:
    if trimmed:
        emptied.catalogue.trim()
    control, pools = TaskControl(), len(emptied.pools)

    def cancel_once_fed(progress: Progress) -> None:
        if progress.phase == "feeding":
            control.cancel()

    with pytest.raises(Cancelled):
        emptied.indexing().run((b"/photos",), control, cancel_once_fed)
    assert len(emptied.index.documents) == 2
    assert len(emptied.pools) == pools, "it went on to read files"
    emptied.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    assert sorted(emptied.index.documents) == emptied.catalogue.present()


def test_how_far_it_is_is_told(emptied: FakeLibrary) -> None:
    emptied.catalogue.trim()
    seen: list[Progress] = []
    emptied.indexing().run((b"/photos",), TaskControl(), seen.append)
    phases = list(dict.fromkeys(progress.phase for progress in seen))
    assert phases == ["scanning", "feeding", "indexing"]
    assert next(progress for progress in seen if progress.phase == "feeding").total == 9


def test_an_engine_that_knows_everything_is_not_mentioned(emptied: FakeLibrary) -> None:
    emptied.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    seen: list[Progress] = []
    emptied.indexing().run((b"/photos",), TaskControl(), seen.append)
    assert "feeding" not in {progress.phase for progress in seen}
