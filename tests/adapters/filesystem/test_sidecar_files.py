"""Which sidecars belong to which picture."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.adapters.filesystem.trees import plant, scan


def sidecars(root: Path, picture: str) -> list[str]:
    return [Path(os.fsdecode(path)).name for path in scan(root).files[os.fsencode(picture)].sidecars]


def test_xmp_beside_a_picture_the_fuller_name_first(tmp_path: Path):
    plant(tmp_path, "IMG_1.jpg", "IMG_1.jpg.xmp", "IMG_1.xmp", "IMG_1.CR2", "IMG_2.jpg", "other.xmp")
    assert sidecars(tmp_path, "IMG_1.jpg") == ["IMG_1.jpg.xmp", "IMG_1.xmp"]
    assert sidecars(tmp_path, "IMG_1.CR2") == ["IMG_1.xmp"]
    assert sidecars(tmp_path, "IMG_2.jpg") == []


def test_case_does_not_matter(tmp_path: Path):
    plant(tmp_path, "IMG_1.JPG", "img_1.XMP", "Img_1.jpg.JSON")
    assert sidecars(tmp_path, "IMG_1.JPG") == ["img_1.XMP", "Img_1.jpg.JSON"]


LONG = "Screenshot_20210805-123456_A Long Name Of Some Application.jpg"


@pytest.mark.parametrize(
    ("picture", "json"),
    [
        ("IMG_1.jpg", "IMG_1.jpg.json"),
        ("IMG_1.jpg", "IMG_1.jpg.supplemental-metadata.json"),
        ("IMG_20190807_123456789.jpg", "IMG_20190807_123456789.jpg.supplemental-metad.json"),
        ("PXL_20210805_123456789.PORTRAIT-01.jpg", "PXL_20210805_123456789.PORTRAIT-01.jpg.supplem.json"),
        ("IMG_1.jpg", "IMG_1.jpg.s.json"),
        ("IMG_1.jpg", "IMG_1.jpg..json"),
        ("IMG_1(1).jpg", "IMG_1.jpg(1).json"),
        ("IMG_1(1).jpg", "IMG_1.jpg.supplemental-metadata(1).json"),
        ("IMG_1(12).jpg", "IMG_1.jpg.supplemental-met(12).json"),
        ("IMG_1(1).jpg", "IMG_1(1).jpg.json"),
        ("IMG_1-edited.jpg", "IMG_1.jpg.json"),
        ("IMG_1-bearbeitet(2).jpg", "IMG_1-bearbeitet.jpg(2).json"),
        (LONG, LONG[:46] + ".json"),
        ("picture", "picture.json"),
        ("Ünïcödé äöü.jpg", "Ünïcödé äöü.jpg.supplemental-metadata.json"),
    ],
)
def test_takeout_files_in_every_spelling(tmp_path: Path, picture: str, json: str):
    plant(tmp_path, picture, json, "unrelated.json", "metadata.json")
    assert sidecars(tmp_path, picture) == [json]


def test_numbers_keep_pictures_of_one_name_apart(tmp_path: Path):
    plant(tmp_path, "A.jpg", "A(1).jpg", "A(2).jpg", "A.jpg.json", "A.jpg(1).json")
    assert sidecars(tmp_path, "A.jpg") == ["A.jpg.json"]
    assert sidecars(tmp_path, "A(1).jpg") == ["A.jpg(1).json"]
    assert sidecars(tmp_path, "A(2).jpg") == []


def test_sidecars_of_other_folders_do_not_count(tmp_path: Path):
    plant(tmp_path, "a/IMG.jpg", "b/IMG.jpg.xmp", "IMG.jpg.json")
    assert sidecars(tmp_path, "a/IMG.jpg") == []


def test_a_folder_or_link_named_like_a_sidecar_is_none(tmp_path: Path):
    plant(tmp_path, "IMG.jpg", "IMG.jpg.xmp/", "real.txt")
    (tmp_path / "IMG.xmp").symlink_to(tmp_path / "real.txt")
    assert sidecars(tmp_path, "IMG.jpg") == []


def test_the_stamp_changes_with_every_change(tmp_path: Path):
    def stamp() -> str:
        return scan(tmp_path).files[b"IMG.jpg"].sidecar_stamp

    plant(tmp_path, "IMG.jpg")
    stamps = [stamp()]
    assert stamps == [""]
    plant(tmp_path, "IMG.xmp", content=b"one")
    os.utime(tmp_path / "IMG.xmp", ns=(1, 1))
    stamps.append(stamp())
    assert stamp() == stamps[-1]
    os.utime(tmp_path / "IMG.xmp", ns=(1, 2))
    stamps.append(stamp())
    plant(tmp_path, "IMG.xmp", content=b"longer")
    os.utime(tmp_path / "IMG.xmp", ns=(1, 2))
    stamps.append(stamp())
    plant(tmp_path, "IMG.jpg.json")
    stamps.append(stamp())
    (tmp_path / "IMG.xmp").rename(tmp_path / "IMG.jpg.xmp")
    stamps.append(stamp())
    assert len(set(stamps)) == len(stamps)
