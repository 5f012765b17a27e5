"""Every command on a real library: shapes, exit codes, what goes where."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from imgsearch_desktop import __version__
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.adapters.models.starter.text_encoder import StarterTextEncoder
from imgsearch_desktop.cli import main, told_model
from tests.support.command_line import CommandLine
from tests.support.newer_library import write_catalogue_of_a_newer_version
from tests.support.pictures import write_picture
from tests.unit.cli.conftest import Indexed, make_folder

STRANGE_NAMES = 1 if sys.platform == "linux" else 0
PHOTOS, FILES = 5 + STRANGE_NAMES, 6 + STRANGE_NAMES


def test_index_reports_what_it_did(run_new: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    make_folder(folder)
    first = run_new.json("index", folder)
    assert set(first) == {
        "added",
        "updated",
        "unchanged",
        "moved",
        "missing",
        "failed",
        "seconds",
        "photos_per_s",
    }
    assert first["added"] == FILES
    assert {Path(failed["path"]).name for failed in first["failed"]} == {"broken.jpg", "empty.png"}
    assert all(failed["reason"].endswith(".") for failed in first["failed"])
    second = run_new.json("index", folder)
    assert (second["added"], second["unchanged"]) == (0, FILES)
    assert sorted(second["failed"], key=str) == sorted(first["failed"], key=str), (
        "what could not be read is told again"
    )


def test_index_in_words_lists_what_could_not_be_read_and_still_exits_0(
    run_new: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "[red]empty.jpg").touch()
    ran = run_new("index", tmp_path / "photos")
    assert ran.code == 0
    assert "[red]empty.jpg: " in ran.err
    assert ran.out.startswith("0 added")
    assert "1 failed" in ran.out


def test_status_counts(run: CommandLine, indexed: Indexed) -> None:
    assert run.json("status") == {
        "photos": PHOTOS,
        "files": FILES,
        "searchable": PHOTOS,
        "failed": 2,
        "waiting": 0,
        "model": "starter-1",
        "engine": "embedded",
        "library": str(indexed.library),
    }
    words = run("status")
    assert str(indexed.folder) in words.out
    assert "imgsearch failures" in words.out


def test_failures_have_reasons(run: CommandLine) -> None:
    found = run.json("failures")["failures"]
    assert {Path(failure["path"]).name for failure in found} == {"broken.jpg", "empty.png"}
    assert all(set(failure) == {"path", "reason", "attempts"} for failure in found)
    assert all(failure["attempts"] == 1 for failure in found)
    lines = run("failures").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [failure["path"] for failure in found]


def test_duplicates_are_listed(run: CommandLine, indexed: Indexed) -> None:
    groups = run.json("duplicates")["groups"]
    exact = next(group for group in groups if group["kind"] == "exact")
    names = {"blue/copy of one.jpg", "red/one.jpg"}
    assert set(exact["files"]) == {str(indexed.folder / name) for name in names}
    assert "exact\t" in run("duplicates").out


def test_search_without_anything_shows_everything_newest_first(run: CommandLine) -> None:
    found = run.json("search")
    assert set(found) == {"hits", "total", "model", "engine", "took_ms"}
    assert found["total"] == PHOTOS
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, PHOTOS + 1))


def test_search_by_name_says_why_and_has_the_contracts_shape(run: CommandLine, indexed: Indexed) -> None:
    found = run.json("search", '"beach holiday"', "--weak")
    (hit,) = (hit for hit in found["hits"] if "name" in hit["why"])
    assert set(hit) == {"rank", "path", "files", "score", "why"}
    assert hit["path"] == str(indexed.folder / "red" / "beach holiday.jpg")
    assert hit["files"] == [hit["path"]]
    assert set(hit["why"]) <= {"visual", "name", "folder", "keyword", "title", "description", "camera"}
    assert hit["score"] is None or -1 <= hit["score"] <= 1


def test_words_need_no_quotes(run: CommandLine) -> None:
    assert run("search", "beach", "holiday").out == run("search", "beach holiday").out != ""


def test_a_hit_lists_its_copies(run: CommandLine, indexed: Indexed) -> None:
    hits = run.json("search")["hits"]
    copies = next(hit["files"] for hit in hits if len(hit["files"]) > 1)
    assert set(copies) == {str(indexed.folder / "red/one.jpg"), str(indexed.folder / "blue/copy of one.jpg")}


def test_similar_takes_a_photo_of_the_library_and_leaves_it_out(run: CommandLine, indexed: Indexed) -> None:
    photo = str(indexed.folder / "red" / "one.jpg")
    found = run.json("similar", photo, "--weak")
    paths = [path for hit in found["hits"] for path in hit["files"]]
    assert len(found["hits"]) == PHOTOS - 1
    assert photo not in paths
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_similar_takes_a_picture_that_is_not_in_the_library(
    run: CommandLine, indexed: Indexed, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.png"
    stranger.write_bytes((indexed.folder / "red" / "two.png").read_bytes())
    best = run.json("similar", stranger, "--weak")["hits"][0]
    assert best["path"] == str(indexed.folder / "red" / "two.png")
    assert best["score"] > 0.99
    assert run.json("status")["photos"] == PHOTOS, "it was searched without being added"


def test_several_examples_and_unwanted_words_compose(run: CommandLine, indexed: Indexed) -> None:
    red, blue = indexed.folder / "red", indexed.folder / "blue"
    found = run.json(
        "search", "sea", "--like", red / "two.png", "--like", blue / "four.jpg", "--not", "car", "--weak"
    )
    paths = {hit["path"] for hit in found["hits"]}
    assert not paths & {str(red / "two.png"), str(blue / "four.jpg")}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--folder", "red"), {"one.jpg", "copy of one.jpg", "two.png", "beach holiday.jpg"}),
        (("--folder", "red", "--type", "png"), {"two.png"}),
        (("--after", "2021-07-14", "--before", "2021-07"), {"beach holiday.jpg"}),
        (("--camera", "canon"), {"beach holiday.jpg"}),
        (("--type", "webp", "--type", "png"), {"two.png", "three.webp"}),
    ],
)
def test_filters(
    run: CommandLine,
    indexed: Indexed,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    names: set[str],
) -> None:
    monkeypatch.chdir(indexed.folder)
    hits = run.json("search", *options)["hits"]
    assert {Path(path).name for hit in hits for path in hit["files"]} == names


def test_limit_cuts_the_hits_and_not_the_total(run: CommandLine) -> None:
    found = run.json("search", "--limit", "2")
    assert len(found["hits"]) == 2
    assert found["total"] == PHOTOS


def test_global_options_may_stand_anywhere(
    run: CommandLine, indexed: Indexed, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["--json", "--library", str(indexed.library), "status"],
        ["status", "--json", "--library", str(indexed.library), "--engine", "embedded"],
        ["--library", "/nowhere", "status", f"--library={indexed.library}", "--json"],
    ):
        assert main(arguments) == 0
        assert json.loads(capsys.readouterr().out)["photos"] == PHOTOS


def test_the_environment_names_the_library(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IMGSEARCH_LIBRARY", str(indexed.library))
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["library"] == str(indexed.library)


def test_remove_forgets_the_folder_and_leaves_the_files(run_new: CommandLine, tmp_path: Path) -> None:
    kept = write_picture(tmp_path / "photos" / "a.jpg")
    before = kept.read_bytes(), kept.stat().st_mtime_ns
    assert run_new("index", kept.parent).code == 0
    assert run_new.json("remove", kept.parent) == {"removed": str(kept.parent), "photos": 1}
    assert run_new.json("status")["photos"] == 0
    assert (kept.read_bytes(), kept.stat().st_mtime_ns) == before


def test_an_empty_library_answers_with_nothing_and_says_how_to_begin(run_new: CommandLine) -> None:
    for command in (("search",), ("search", "dog"), ("status",)):
        ran = run_new(*command)
        assert ran.code == 0
        assert "imgsearch index ~/Pictures" in ran.err
    assert run_new.json("search", "dog")["hits"] == []
    assert run_new.json("failures") == {"failures": []}
    assert run_new.json("duplicates") == {"groups": []}


def test_an_index_that_was_removed_is_built_again_by_the_next_search(
    run_new: CommandLine, tmp_path: Path
) -> None:
    write_picture(tmp_path / "photos" / "beach.jpg")
    assert run_new("index", tmp_path / "photos").code == 0
    shutil.rmtree(run_new.library / "cache" / "embedded")
    (hit,) = run_new.json("search", "beach")["hits"]
    assert "name" in hit["why"]


def test_models_and_engines_are_listed(run: CommandLine) -> None:
    model, *others = run.json("models")["models"]
    assert not any(other["active"] for other in others)
    assert (model["id"], model["dims"], model["active"], model["searchable"]) == (
        "starter-1",
        768,
        True,
        PHOTOS,
    )
    (engine,) = run.json("engine")["engines"]
    assert engine == {"name": "embedded", "active": True, "photos": PHOTOS, "waiting": 0}
    assert "Starter model" in run("models").out
    assert "embedded" in run("engine").out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_found_shown_and_handed_on(run: CommandLine, indexed: Indexed) -> None:
    name = os.fsdecode(bytes(indexed.folder) + b"/caf\xe9.jpg")
    ran = run("search", "--json")
    ran.out.encode("utf-8")
    paths = [hit["path"] for hit in ran.json["hits"]]
    assert name in paths
    assert "caf\\xe9.jpg" in run("search").out
    assert run.json("similar", name, "--weak")["hits"]


def test_results_go_to_stdout_and_words_to_stderr(run: CommandLine) -> None:
    ran = run("search", "beach", "--weak")
    for line in ran.out.splitlines():
        assert len(line.split("\t")) == 4
    assert "Starter model, embedded engine" in ran.err
    assert run("status", "--json").err == ""


@pytest.mark.parametrize("query", ["", " ", "🏖🐕‍🦺", "x" * 10_000, "-", '"', "one.jpg", "[bold]"])
def test_any_query_gets_an_answer(run: CommandLine, query: str) -> None:
    assert set(run.json("search", "--", query)) == {"hits", "total", "model", "engine", "took_ms"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("search", "--folder", "/nowhere"),
            "/nowhere is not in the library. Add it first: imgsearch index /nowhere",
        ),
        (("search", "--camera", "leica"), "There are: Canon EOS 5D."),
        (("search", "--like", "/nowhere.jpg"), "There is no picture at /nowhere.jpg."),
        (("similar", "/nowhere.jpg"), "There is no picture at /nowhere.jpg."),
        (("index", "/nowhere"), "/nowhere"),
        (("remove", "/nowhere"), "is not a folder of the library"),
        (("engine", "rebuild"), "The embedded engine is chosen"),
    ],
)
def test_a_known_error_is_one_line_and_exit_1(
    run: CommandLine, arguments: tuple[str, ...], words: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 1
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert line.startswith("imgsearch: ")
    assert words in line


def test_an_example_that_is_no_picture_is_a_known_error(run: CommandLine, indexed: Indexed) -> None:
    ran = run("similar", indexed.folder / "broken.jpg")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("serch",),
        ("search", "--limit", "0"),
        ("search", "--limit", "many"),
        ("search", "--after", "yesterday"),
        ("search", "--after", "2024", "--before", "2023"),
        ("search", "--type", "doc"),
        ("status", "--engine", "other"),
        ("status", "--library", ""),
        ("index",),
        ("similar",),
        ("--nonsense",),
    ],
)
def test_wrong_usage_is_exit_2(run: CommandLine, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"imgsearch {__version__}\n"
    for command in (
        [],
        ["index"],
        ["search"],
        ["similar"],
        ["status"],
        ["failures"],
        ["duplicates"],
        ["remove"],
        ["doctor"],
    ):
        assert main([*command, "--help"]) == 0
        assert "Example" in capsys.readouterr().out, command


def test_the_doctor_finds_nothing_wrong(run: CommandLine) -> None:
    report = run.json("doctor")
    assert report["ok"] is True
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert {
        "program",
        "packages",
        "formats",
        "catalogue",
        "thumbnails",
        "library",
        "engine",
        "model",
    } <= states.keys()
    assert "broken" not in states.values()
    assert run("doctor").code == 0


def test_the_doctor_finds_what_is_broken_and_says_how_to_mend_it(
    run_new: CommandLine, tmp_path: Path
) -> None:
    write_picture(tmp_path / "photos" / "a.jpg")
    assert run_new("index", tmp_path / "photos").code == 0
    with (run_new.library / "thumbnails.sqlite").open("r+b") as file:
        file.write(b"x" * 50)
    (tmp_path / "photos").rename(tmp_path / "elsewhere")
    ran = run_new("doctor", "--json")
    assert ran.code == 1
    report = json.loads(ran.out)
    assert report["ok"] is False
    checks = {check["name"]: check for check in report["checks"]}
    assert checks["thumbnails"]["state"] == "broken"
    assert checks["thumbnails"]["remedy"]
    assert checks["folder"]["state"] == "warning"
    assert checks["library"]["state"] == "ok", "the catalogue itself is sound"


def test_a_library_that_cannot_be_opened_is_a_finding_of_the_doctor(run_new: CommandLine) -> None:
    write_catalogue_of_a_newer_version(run_new.library)
    ran = run_new("doctor", "--json")
    assert ran.code == 1
    (library,) = (check for check in json.loads(ran.out)["checks"] if check["name"] == "library")
    assert library["state"] == "broken"
    assert "newer version" in library["detail"]


def test_broken_settings_are_set_aside_and_told(run_new: CommandLine) -> None:
    (run_new.library / "settings.json").write_text("{")
    ran = run_new("status")
    assert ran.code == 0
    assert "settings.json.broken-" in ran.err


def test_a_bug_is_one_line_and_a_report(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("imgsearch_desktop.application.library_status.LibraryStatus.read", fail)
    ran = run("status")
    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert "ZeroDivisionError: a bug" in line
    assert "Traceback" not in ran.err
    (report,) = (run.library / "cache" / "log").glob("crash-*.txt")
    assert "Traceback" in report.read_text()
    report.unlink()


def test_a_library_place_that_is_a_file_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "library").write_text("no directory")
    ran = CommandLine(tmp_path / "library", capsys)("doctor", "--json")
    assert ran.code == 1
    (place,) = (check for check in json.loads(ran.out)["checks"] if check["name"] == "library place")
    assert place["state"] == "broken"
    assert f"{tmp_path / 'library'} is a file" in place["detail"]
    assert "--library" in place["remedy"]


def test_a_mistyped_folder_is_told_as_one(run_new: CommandLine, tmp_path: Path) -> None:
    ran = run_new("index", tmp_path / "Pictuers")
    assert ran.code == 1
    assert f"There is no folder {tmp_path / 'Pictuers'}." in ran.err
    assert "any more" not in ran.err
    assert "moved" not in ran.err


def test_one_of_a_thing_is_told_as_one(run_new: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    for name in ("kept.jpg", "lost.jpg"):
        write_picture(folder / name, seed=len(name), width=64, height=48)
    (folder / "clip.mp4").write_bytes(b"\0" * 32)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
    assert "1 video left out" in run_new("index", folder).out
    (folder / "lost.jpg").rename(tmp_path / "away.jpg")
    run_new("index", folder)
    told = run_new("status").out
    assert "1 file could not be read" in told
    assert "1 file has vanished" in told
    assert "1 photo in 1 file;" in told
    assert ": 1 photo, " in run_new("engine").out
    assert "1 photo in 1 file," in run_new("doctor").out
    assert "1 photo " in run_new("remove", folder).out


@pytest.mark.parametrize(("patience_s", "told"), [(0.05, 1), (60.0, 0)])
def test_a_search_says_when_the_model_takes_long(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, patience_s: float, told: int
) -> None:
    load = StarterModel._load_text_encoder

    def load_slowly(model: StarterModel) -> StarterTextEncoder:
        time.sleep(0.3)
        return load(model)

    monkeypatch.setattr(told_model, "PATIENCE_S", patience_s)
    monkeypatch.setattr(StarterModel, "_load_text_encoder", load_slowly)
    ran = run("search", "cat", "--not", "dog", "--json")
    assert ran.err.count(told_model.PREPARING) == told
    assert ran.json["total"] >= 0
