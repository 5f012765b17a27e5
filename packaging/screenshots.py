"""`make screenshot`: pictures of the real window in its main states, in `.cache/screenshots`.

Every look (light or dark, scale, size, language) is a process of its own on a real X server: the one of the
session where there is one, else an Xvfb that is started here and ended again. `--list` names the looks,
`make screenshot ARGS="dark-100 german"` makes some only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from screenshot_photos import EVERYTHING, FREE_TO_SHOW, ROOT, lay_out

CACHE = ROOT / ".cache"
OUT = CACHE / "screenshots"
WORK = CACHE / "screenshot-libraries"
SCENES = Path(__file__).with_name("screenshot_scenes.py")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family"><string>sans-serif</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit>
  </match>
  <match target="pattern">
    <test name="family"><string>Sans Serif</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit>
  </match>
</fontconfig>
"""
SCREEN = "3840x2160x24"


@dataclass(frozen=True)
class Look:
    """How the window looks in one set of pictures."""

    name: str
    theme: str = "light"
    scale: int = 1
    size: tuple[int, int] = (1440, 900)
    language: str = "en"
    photos: str = "Pictures"


LOOKS = (
    Look("light-100"),
    Look("dark-100", theme="dark"),
    Look("light-200", scale=2),
    Look("dark-200", theme="dark", scale=2),
    Look("small", size=(900, 600)),
    Look("german", theme="dark", language="de"),
    Look("german-small", size=(900, 600), language="de"),
    Look("readme", theme="dark", photos="Free"),
)


def main() -> int:
    """Make the pictures; the exit code is 0 when every look could be made."""
    wanted = sys.argv[1:]
    if "--list" in wanted:
        print(*(look.name for look in LOOKS), sep="\n")  # noqa: T201 - the answer
        return 0
    looks = [look for look in LOOKS if not wanted or look.name in wanted]
    lay_out(WORK / "photos" / "Pictures", EVERYTHING)
    lay_out(WORK / "photos" / "Free" / "Pictures", FREE_TO_SHOW)
    with display() as environment:
        results = [make(look, environment) for look in looks]
    print(f"Pictures: {OUT}")  # noqa: T201 - the answer
    return 0 if all(results) else 1


def make(look: Look, environment: dict[str, str]) -> bool:
    """Make the pictures of one look; whether it went well."""
    base = WORK / "photos" if look.photos == "Pictures" else WORK / "photos" / look.photos
    photos, library = base / "Pictures", WORK / f"library-{look.photos}"
    index(photos, library)
    fresh = WORK / "library-new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(library / "cache" / "models", fresh / "cache" / "models")
    out = OUT / look.name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    passed = environment | {
        "QT_SCALE_FACTOR": str(look.scale),
        "XDG_PICTURES_DIR": str(photos),
        "XDG_CONFIG_HOME": str(WORK / "config"),
        "FONTCONFIG_FILE": str(system_font()),
    }
    size = f"{look.size[0]}x{look.size[1]}"
    command = [sys.executable, str(SCENES), str(library), str(fresh), str(out)]
    command += [look.theme, look.language, size]
    started = time.monotonic()
    try:
        code = subprocess.run(command, env=passed, cwd=ROOT, timeout=240, check=False).returncode
    except subprocess.TimeoutExpired:
        code = None
    seconds = time.monotonic() - started
    print(f"{look.name}: {len(list(out.glob('*.png')))} pictures, {seconds:.0f} s")  # noqa: T201
    if code != 0:
        print(f"{look.name}: ended before its time ({'stuck' if code is None else code})")  # noqa: T201
    return code == 0


def system_font() -> Path:
    """A fontconfig file that makes Inter the system's font, as a desktop would set its own."""
    path = WORK / "fonts.conf"
    path.write_text(FONTS, encoding="utf-8")
    return path


def index(photos: Path, library: Path) -> None:
    """Index the photos once, with the program itself."""
    code = "from imgsearch_desktop.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "--library", str(library), "index", str(photos), "--json"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """An environment with a display: the session's own, else an Xvfb for as long as this lasts."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if environment.get("DISPLAY"):
        yield environment
        return
    need("Xvfb", "xvfb")
    if not subprocess.run(["fc-list", "Inter"], capture_output=True, check=False).stdout:
        need("", "fonts-inter")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit("Xvfb did not start.")
        yield environment | {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def need(program: str, package: str) -> None:
    """Install a system package where it is missing, or end with the line to type."""
    if program and shutil.which(program):
        return
    script = f'. packaging/apt.sh; apt_install "for the screenshots" {package}'
    if subprocess.run(["sh", "-c", script], cwd=ROOT, check=False).returncode:
        raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main())
