"""Which folders have to be read again so that failed files get another try; the real catalogue."""

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.ports import Volume
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.changes import ScannedFile
from tests.support.fakes import SPEC, FakeIndex, FakeModel


@pytest.fixture
def catalogue(tmp_path):
    made = SqliteCatalogue(tmp_path / "library")

    def fill(writer):
        for path in (b"/photos", b"/photos2", b"/usb"):
            root_id = writer.add_root(path, Volume(path.decode(), b"/"))
            writer.record_failure(ScannedFile(b"broken.jpg", 10, 20), root_id, "It is broken.", retry=False)
            if path == b"/usb":
                writer.set_root_state(root_id, away=True, videos=0)

    made.write(fill)
    yield made
    made.close()


def retrying(catalogue):
    models = FixedModel(FakeModel(SPEC), SyncEngine(catalogue, FakeIndex(), SPEC))
    return RetryFailures(catalogue, ListFailures(catalogue, models))


def marked(catalogue):
    return [
        root.path
        for root in catalogue.roots()
        for known in catalogue.known_files(root.root_id)
        if known.retry
    ]


def test_only_the_folder_of_the_file_is_read_again(catalogue):
    assert retrying(catalogue).mark([b"/photos/broken.jpg"]) == (b"/photos",)
    assert marked(catalogue) == [b"/photos"]


def test_several_files_name_each_folder_once_and_not_those_away(catalogue):
    paths = [b"/photos2/broken.jpg", b"/photos/broken.jpg", b"/usb/broken.jpg"]
    assert retrying(catalogue).mark(paths) == (b"/photos", b"/photos2")
    assert marked(catalogue) == [b"/photos", b"/photos2", b"/usb"]


def test_a_file_that_never_failed_changes_nothing(catalogue):
    assert retrying(catalogue).mark([b"/photos/fine.jpg", b"/elsewhere/a.jpg"]) == ()
    assert marked(catalogue) == []
