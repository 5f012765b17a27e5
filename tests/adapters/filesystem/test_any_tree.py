"""Folders of any shape, with names of any bytes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.filesystem.file_kinds import FileKind, kind_of
from imgsearch_desktop.adapters.filesystem.left_out import Exclusions
from tests.adapters.filesystem.trees import JPEG_HEAD, scan

moderately = settings(deadline=None, max_examples=60)

raw_names = st.binary(min_size=1, max_size=40).map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"_"))
endings = st.sampled_from(
    [b"", b".jpg", b".PNG", b".xmp", b".json", b".jpg.json", b".mp4", b".txt", b"(1).jpg"]
)
names = st.tuples(raw_names, endings).map(b"".join).filter(lambda name: not name.startswith(b"."))
folders = st.sampled_from([b"", b"a/", b"a/b/", b"\xff/"])


@moderately
@given(files=st.sets(st.tuples(folders, names), max_size=25))
def test_every_picture_is_found_and_nothing_else(files: set[tuple[bytes, bytes]]):
    with tempfile.TemporaryDirectory() as folder:
        root = os.fsencode(folder)
        for above in (b"a/b", b"\xff"):
            Path(os.fsdecode(root + b"/" + above)).mkdir(parents=True)
        kinds: dict[bytes, FileKind] = {}
        for above, name in files:
            path = Path(os.fsdecode(root + b"/" + above + name))
            if not path.is_dir():
                path.write_bytes(JPEG_HEAD)
                kinds[above + name] = kind_of(name)
        found = scan(root)
        pictures = {FileKind.PICTURE, FileKind.UNKNOWN}
        assert set(found.files) == {path for path, kind in kinds.items() if kind in pictures}
        assert found.videos == {path for path, kind in kinds.items() if kind is FileKind.VIDEO}
        assert not found.problems
        for file in found.files.values():
            assert bool(file.sidecars) == bool(file.sidecar_stamp)
            assert all(os.path.isfile(sidecar) for sidecar in file.sidecars)  # noqa: PTH113


@moderately
@given(pattern=st.text(max_size=30), name=raw_names)
def test_any_pattern_is_answered(pattern: str, name: bytes):
    assert Exclusions([pattern]).match(name, b"above/" + name) in (True, False)
    assert Exclusions(["*"]).match(name, b"above/" + name)
    assert not Exclusions([]).match(name, name)
