"""What only a process of its own shows: Ctrl-C, a reader that leaves, two writers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import IMGSEARCH, CommandLine
from tests.support.pictures import write_picture
from tests.unit.cli.conftest import Indexed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes as POSIX has them")


def test_ctrl_c_stops_at_once_and_keeps_what_is_done(run_new: CommandLine, tmp_path: Path) -> None:
    for seed in range(120):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed, 800, 600)
    command = [str(IMGSEARCH), "--library", str(run_new.library), "index", str(tmp_path / "photos")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Indexing"):
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1].startswith("Stopped. ")
    assert "Traceback" not in err
    done = run_new.json("status")["photos"]
    assert done < 120
    assert run_new.json("index", tmp_path / "photos")["added"] == 120 - done
    assert run_new.json("status")["searchable"] == 120


def test_a_reader_that_leaves_is_no_error(indexed: Indexed) -> None:
    script = '"$0" --library "$1" search --json | true; echo "${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", script, IMGSEARCH, indexed.library], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "0\n"
    assert ran.stderr == ""


def test_output_is_utf8_json_in_a_terminal_that_knows_ascii_only(indexed: Indexed) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for options in (["--json"], []):
        command = [str(IMGSEARCH), "--library", str(indexed.library), "search", "Straße", "--weak", *options]
        ran = subprocess.run(command, capture_output=True, check=True, env=environment)
        text = ran.stdout.decode("utf-8")
        if options:
            assert json.loads(text)["hits"]


def test_while_one_writes_another_may_search_and_is_told_when_it_wants_to_write(
    run_new: CommandLine, tmp_path: Path
) -> None:
    from imgsearch_desktop.bootstrap.core import build_core
    from imgsearch_desktop.runtime.paths import app_paths

    write_picture(tmp_path / "photos" / "a.jpg")
    assert run_new("index", tmp_path / "photos").code == 0
    with build_core(app_paths(run_new.library)) as core:
        root = core.catalogue.roots()[0]
        core.catalogue.write(lambda writer: writer.set_root_state(root.root_id, away=False, videos=0))
        assert run_new.json("search")["total"] == 1
        ran = run_new("index", tmp_path / "photos")
    assert ran.code == 1
    (line,) = ran.err.splitlines()
    assert line.startswith("imgsearch: ")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("imgsearch se", "search"),
        ("imgsearch search --aft", "--after"),
        ("imgsearch status --engine emb", "embedded"),
    ],
)
def test_the_shell_can_complete(typed: str, offered: str) -> None:
    environment = {
        **os.environ,
        "_IMGSEARCH_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    ran = subprocess.run([str(IMGSEARCH)], capture_output=True, text=True, env=environment, check=False)
    assert ran.stdout.split() == [offered]
