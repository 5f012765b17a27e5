"""kill -9 at any moment: nothing acknowledged is lost, nothing is there twice, the next run goes on."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import Photo, PhotoId
from tests.support.fakes import SPEC
from tests.support.pictures import write_picture
from tests.support.real_library import SETTINGS, RealLibrary, opened

KILLS = 20
PHOTOS = 600
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many small pictures; some are copies of others."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(PHOTOS):
        write_picture(folder / f"{number % 7}" / f"{number}.jpg", seed=number % 550, width=48, height=36)
    return folder


def start(library: Path, folder: Path, output: Path) -> subprocess.Popen[bytes]:
    with output.open("wb") as stdout:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.end2end.indexing_child", library, folder],
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=REPOSITORY,
        )


def kill_at_some_moment(child: subprocess.Popen[bytes], output: Path, after: str, moment_s: float) -> None:
    """Kill it `moment_s` after it has said something; its decode workers must end by themselves."""
    deadline = time.monotonic() + 60
    while child.poll() is None and not re.search(after, output.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(moment_s)
    workers = psutil.Process(child.pid).children(recursive=True) if child.poll() is None else []
    child.kill()
    assert child.stderr is not None
    with child.stderr:
        child.wait()
        assert child.stderr.read() == b""
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive


def acknowledged(output: Path) -> int:
    """Files that the child has said are safe."""
    lines = output.read_text().split("\n")[:-1]
    return max((int(line.split()[1]) for line in lines if line.startswith("done")), default=0)


def whole(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def files_known(library: Path) -> int:
    with closing(sqlite3.connect(library / "catalogue.sqlite")) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM files WHERE missing = 0").fetchone()[0])


def everything(library: RealLibrary) -> list[Photo]:
    ids = library.catalogue.browse(NO_FILTERS, SortOrder.NAME)
    return library.catalogue.photos([PhotoId(int(photo_id)) for photo_id in ids])


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path, folder: Path) -> None:
    library, output = tmp_path / "library", tmp_path / "output"
    moments = random.Random(20)
    known = promised = 0
    for number in range(KILLS):
        child = start(library, folder, output)
        after = "began" if number % 2 else "done [1-9]"
        kill_at_some_moment(child, output, after, moments.uniform(0.0, 0.4))
        assert child.returncode == -9, "it was done too early to be killed"
        before, known = known, files_known(library)
        assert known >= before + acknowledged(output)
        promised += acknowledged(output)
        assert whole(library / "catalogue.sqlite")
    assert 0 < known < PHOTOS
    with opened(library, lambda: SupervisedDecodePool(SETTINGS)) as survived:
        # What was acknowledged can be searched; a run's first photos may be there before their embedding.
        assert survived.catalogue.searchable(SPEC.model_id) >= promised - (PHOTOS - 550)
        report = survived.run(folder)
        assert (report.added + report.unchanged, report.failed) == (PHOTOS, ())
        counted = survived.catalogue.counts()
        assert (counted.photos, counted.files, counted.missing) == (550, PHOTOS, 0)
        assert survived.index.facets(SPEC.model_id, NO_FILTERS).formats == {"jpeg": 550}
        assert survived.catalogue.searchable(SPEC.model_id) == 550
        assert all(survived.thumbnails.get(photo.uid) for photo in everything(survived))
        assert survived.thumbnails.count() == survived.catalogue.photo_count() == 550
    assert whole(library / "catalogue.sqlite") and whole(library / "thumbnails.sqlite")
