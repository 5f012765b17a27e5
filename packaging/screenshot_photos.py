"""The folders of photos that the screenshots show: real ones where they are at hand, else drawn ones."""

from __future__ import annotations

import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "photos"

EVERYTHING = {"grocery": "Markets", "clothing": "Wardrobe", "subjects": "At home"}
FREE_TO_SHOW = {"grocery": "Markets", "clothing": "Wardrobe"}
"""Folders whose licences (MIT, CC0) allow a picture of them in the repository."""

NEWEST = datetime(2024, 8, 29, 18, 0, tzinfo=UTC)
DRAWN = 120


def lay_out(folder: Path, sources: dict[str, str]) -> None:
    """Fill `folder` with photos spread over two years, and with two files that cannot be read.

    Args:
        folder: made anew unless it is complete already.
        sources: folders of the real photos, and what they are called here.
    """
    done = folder / ".complete"
    if done.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = [(REAL / source, name) for source, name in sources.items() if (REAL / source).is_dir()]
    for source, name in found:
        _copy(source, folder / name)
    if not found:
        _draw(folder / "Drawn")
    _spread_dates(folder)
    broken = folder / "Scans"
    broken.mkdir()
    (broken / "scan 014.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")
    (broken / "scan 015.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done.touch()


def _copy(source: Path, target: Path) -> None:
    """Copy the photos of a tree into one folder per subject; numbers stand for names that say too much."""
    for number, path in enumerate(sorted(source.rglob("*.jp*g")), start=1):
        folder = target / path.relative_to(source).parts[0].replace("_", " ")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / f"IMG_{2000 + number}.jpg")


def _draw(folder: Path) -> None:
    """Gradients with shapes, for machines without real photos."""
    folder.mkdir()
    for number in range(DRAWN):
        rng = random.Random(number)  # noqa: S311 - no secret
        colours = [(rng.randrange(30, 250), rng.randrange(30, 250), rng.randrange(30, 250)) for _ in range(3)]
        size = rng.choice(((600, 400), (400, 600), (480, 480)))
        picture = Image.new("RGB", size, colours[0])
        paint = ImageDraw.Draw(picture)
        paint.rectangle((0, size[1] * 2 // 3, *size), fill=colours[1])
        paint.ellipse((100, 80, 320, 300), fill=colours[2])
        picture.save(folder / f"IMG_{number:04d}.jpg", quality=88)


def _spread_dates(folder: Path) -> None:
    """Give the files dates: outings of about a dozen photos, days apart, in a fixed random order."""
    rng = random.Random(4)  # noqa: S311 - no secret
    moment = NEWEST
    paths = sorted(folder.rglob("*.jpg"))
    rng.shuffle(paths)
    for path in paths:
        moment -= timedelta(minutes=rng.randrange(1, 9))
        if rng.random() < 0.05:
            moment -= timedelta(days=rng.randrange(1, 12))
        os.utime(path, (moment.timestamp(), moment.timestamp()))
