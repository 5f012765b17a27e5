"""A Google Takeout as it is unpacked: scanned, then every photo read with the files that belong to it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
from imgsearch_desktop.adapters.imaging.metadata.reader import read_metadata
from imgsearch_desktop.application.ports import ScannedFile
from imgsearch_desktop.domain.photo import DateSource
from tests.adapters.imaging.metadata.builders import jpeg, tiff

ALBUM = "Takeout/Google Photos/Photos from 2019"
LONG = "A very long title that somebody once gave to a photo of the sea"
PHOTOS = {
    "IMG_1.jpg": "IMG_1.jpg.supplemental-metadata.json",
    "IMG_1(1).jpg": "IMG_1.jpg.supplemental-metadata(1).json",
    "IMG_1-edited.jpg": None,
    "old.jpg": "old.jpg.json",
    "old(1).jpg": "old.jpg(1).json",
    f"{LONG[:47]}.jpg": f"{LONG[:46]}.json",
    "55b1c9e0-0e5c-4c22-9a3f-7d6b9f0ad5c1.jpg": "55b1c9e0-0e5c-4c22-9a3f-7d6b9f0ad5c1.jpg.suppl.json",
}


def test_every_photo_gets_its_own_date(tmp_path: Path):
    folder = tmp_path / ALBUM
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps({"title": "Photos from 2019"}))
    expected: dict[str, int] = {}
    for day, (photo, beside) in enumerate(PHOTOS.items(), 1):
        (folder / photo).write_bytes(jpeg())
        moment = int(datetime(2019, 8, day, 12, tzinfo=UTC).timestamp())
        if beside:
            (folder / beside).write_text(json.dumps({"photoTakenTime": {"timestamp": str(moment)}}))
        expected[photo] = moment
    expected["IMG_1-edited.jpg"] = expected["IMG_1.jpg"]

    found: dict[str, int] = {}
    for entry in FolderScanner().scan(os.fsencode(tmp_path), ()):
        assert isinstance(entry, ScannedFile)
        path = os.fsencode(tmp_path) + b"/" + entry.relative_path
        metadata = read_metadata(jpeg(), "jpeg", path, entry.mtime_ns, entry.sidecars).metadata
        date = metadata.date_taken
        assert date is not None
        assert date.source is DateSource.TAKEOUT, path
        assert date.utc_offset_minutes is not None
        found[Path(os.fsdecode(path)).name] = date.sort_key - 60 * date.utc_offset_minutes
    assert found == expected


def test_the_camera_s_own_date_comes_first(tmp_path: Path):
    (tmp_path / "a.jpg.json").write_text(json.dumps({"photoTakenTime": {"timestamp": "1565179200"}}))
    data = jpeg(tiff({}, {0x9003: "2019:08:06 20:00:00"}))
    (tmp_path / "a.jpg").write_bytes(data)
    (entry,) = FolderScanner().scan(os.fsencode(tmp_path), ())
    assert isinstance(entry, ScannedFile)
    found = read_metadata(data, "jpeg", b"/a.jpg", entry.mtime_ns, entry.sidecars).metadata.date_taken
    assert found is not None
    assert (found.source, found.local.day) == (DateSource.EXIF, 6)
