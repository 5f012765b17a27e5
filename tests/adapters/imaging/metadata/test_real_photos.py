"""Metadata of real files: cameras of many makes, odd and invalid EXIF, sidecars, tags, places, faces."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging.metadata.reader import MetadataReading, read_metadata
from tests.support.photos import PHOTOS, needs_photos

pytestmark = needs_photos


def read(name: str, *sidecars: str) -> MetadataReading:
    path = PHOTOS / name
    beside = [bytes(PHOTOS / sidecar) for sidecar in sidecars]
    return read_metadata(path.read_bytes(), "", bytes(path), path.stat().st_mtime_ns, beside)


def date(name: str, *sidecars: str) -> tuple[str, int | None, str]:
    found = read(name, *sidecars).metadata.date_taken
    assert found is not None
    return found.local.isoformat(" "), found.utc_offset_minutes, found.source.value


@pytest.mark.parametrize(
    ("name", "camera"),
    [
        ("exif/jpg/Canon_40D.jpg", "Canon EOS 40D"),
        ("exif/jpg/Nikon_COOLPIX_P1.jpg", "NIKON COOLPIX P1"),
        ("exif/jpg/Kodak_CX7530.jpg", "KODAK CX7530 ZOOM DIGITAL CAMERA"),
        ("exif/jpg/Konica_Minolta_DiMAGE_Z3.jpg", "KONICA MINOLTA DiMAGE Z3"),
        ("exif/jpg/Pentax_K10D.jpg", "PENTAX K10D"),
        ("exif/jpg/Panasonic_DMC-FZ30.jpg", "Panasonic DMC-FZ30"),
        ("exif/jpg/exif-org/olympus-c960.jpg", "OLYMPUS C960Z,D460Z"),
        ("exif/jpg/exif-org/sanyo-vpcsx550.jpg", "SANYO SX113"),
        ("exif/jpg/exif-org/fujifilm-dx10.jpg", "FUJIFILM DX-10"),
        ("exif/jpg/exif-org/sony-cybershot.jpg", "SONY CYBERSHOT"),
        ("formats/formats/heic/IMG_2682.heic", "Apple iPhone 7"),
        ("formats/formats/webp/denali.webp", "Canon EOS 7D"),
        ("formats/heif/tests_images_heif_other_L_exif_xmp_iptc.heic", "SONY ILCE-7SM3"),
    ],
)
def test_cameras(name: str, camera: str):
    assert read(name).metadata.camera == camera


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exif/jpg/Canon_40D.jpg", ("2008-05-30 15:56:01", None, "exif")),
        ("exif/jpg/invalid/image00971.jpg", ("2010-04-13 09:37:22", 120, "xmp")),
        ("exif/jpg/invalid/image01137.jpg", ("2009-09-14 11:08:06", 120, "xmp")),
        ("exif/jpg/xmp/BlueSquare.jpg", ("2005-09-07 15:07:40", -420, "xmp")),
        ("exif/jpg/long_description.jpg", ("2003-08-31 00:00:00", None, "xmp")),
        ("exif/tiff/Crémieux11.tiff", ("2012-01-09 22:52:11", None, "exif")),
        ("formats/metadata/dates/date-priority-test.jpg", ("2023-02-02 02:00:00", None, "exif")),
        ("formats/metadata/dates/datetimeoriginal-gps.jpg", ("2025-12-01 11:30:00", None, "exif")),
        ("formats/heif/tests_images_heif_other_empty_icc.heic", ("2021-07-06 16:08:14", 180, "exif")),
        ("formats/heif/tests_images_heif_corrupted_corrupted.hif", ("2020-02-19 06:04:51", -480, "exif")),
    ],
)
def test_dates(name: str, expected: tuple[str, int | None, str]):
    assert date(name) == expected


@pytest.mark.parametrize("year", [2000, 2010, 2020])
def test_dates_in_sidecars_count_where_the_photo_has_none(year: int):
    sidecar = f"formats/metadata/xmp/dates/{year}.xmp"
    local, _, source = date("formats/albums/nature/wood_anemones.jpg", sidecar)
    assert (local[:4], source) == (str(year), "xmp")
    assert date("exif/jpg/Canon_40D.jpg", sidecar)[2] == "exif"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("exif/jpg/gps/DSCN0010.jpg", (43.467448, 11.885127)),
        ("exif/jpg/tests/67-0_length_string.jpg", (51.024998, 7.591890)),
        ("formats/metadata/gps-position/thompson-springs.jpg", (39.115, -108.400968)),
        ("formats/metadata/gps-position/empty_gps.jpg", None),
        ("formats/formats/heic/IMG_2682.heic", (41.220347, -96.071592)),
    ],
)
def test_places(name: str, place: tuple[float, float] | None):
    found = read(name).metadata.gps
    if place is None:
        assert found is None
    else:
        assert found is not None
        assert (found.latitude, found.longitude) == pytest.approx(place, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "keywords"),
    [
        ("formats/metadata/tags/picasa.jpg", ("Frost", "Yard")),
        ("formats/metadata/faces/portrait.jpg", ("Marie Curie", "Pierre Curie")),
        ("formats/metadata/faces/portrait-orientation-6.jpg", ("Marie Curie", "Pierre Curie")),
        ("exif/jpg/xmp/BlueSquare.jpg", ("XMP", "Blue Square", "test file", "Photoshop", ".jpg")),
        ("exif/jpg/xmp/no_exif.jpg", ("tag",)),
    ],
)
def test_keywords(name: str, keywords: tuple[str, ...]):
    assert read(name).metadata.keywords == keywords


def test_titles_descriptions_and_ratings():
    falcon = read("formats/albums/nature/prairie_falcon.jpg").metadata
    assert (falcon.title, falcon.rating) == ("Prairie falcon female with eggs", 0)
    assert (falcon.description or "").startswith("Adult female prairie falcon")
    assert read("formats/metadata/rating/mongolels.jpg").metadata.rating == 3
    assert read("exif/jpg/exif-org/olympus-c960.jpg").metadata.description is None
    assert (read("exif/jpg/long_description.jpg").metadata.description or "").startswith(
        "Operation Mountain Viper"
    )
    breton = read("formats/heif/tests_images_heif_other_L_xmp_latin1.heic").metadata
    assert "Jules Adolphe Aimé Louis Breton" in (breton.description or "")


def test_exposure_and_lens_of_a_photo_and_of_a_sidecar():
    phone = read("formats/formats/heic/IMG_2682.heic").metadata
    assert phone.lens == "iPhone 7 back camera 3.99mm f/1.8"
    assert (phone.exposure.f_number, phone.exposure.iso, phone.exposure.focal_length_mm) == (1.8, 20, 3.99)
    sidecar = "formats/problems/xmp/iso-value-array/iso-value-array.xmp"
    beside = read("formats/albums/nature/wood_anemones.jpg", sidecar).metadata
    assert beside.exposure.iso == 160
    assert beside.camera == "Canon PowerShot SX120 IS"
    assert beside.description is None, "a binary comment and blanks"


@pytest.mark.parametrize("shape", ["landscape", "portrait"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientations(shape: str, orientation: int):
    assert read(f"exif/jpg/orientation/{shape}_{orientation}.jpg").orientation == orientation
    assert read(f"orientation/{shape.title()}_{orientation}.jpg").orientation == orientation
    assert read(f"orientation/{shape.title()}_0.jpg").orientation == 1


def everything() -> list[Path]:
    folders = ("exif", "formats", "broken", "orientation")
    return sorted(path for folder in folders for path in (PHOTOS / folder).rglob("*") if path.is_file())


def test_every_odd_invalid_and_broken_file_is_read_without_a_word():
    """Neither an error nor, by the rule of the house, a line in the log; as any format it may pass for."""
    files = everything()
    assert len(files) > 200
    for path in files:
        data = path.read_bytes()
        for image_format in ("", "jpeg", "png", "webp", "gif", "tiff", "heic", "jxl", "raf", "cr3"):
            reading = read_metadata(data, image_format, bytes(path), path.stat().st_mtime_ns, (bytes(path),))
            assert 1 <= reading.orientation <= 8
