"""Workers end with the program, load nothing of it, and start in a frozen program too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.adapters.imaging.decoding import wait_until
from tests.support.pictures import write_picture

REPOSITORY = Path(__file__).parents[3]

PROGRAM = """
import os, sys, json, time
sys.path.insert(0, {repository!r})
{top}
def main():
    from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
    from imgsearch_desktop.application.settings import IndexingSettings
    from tests.adapters.imaging.decoding import decode_all
    from pathlib import Path
    pool = SupervisedDecodePool(IndexingSettings(workers=2, encode_batch=2))
    outcomes = decode_all(pool, [Path({picture!r})] * 12)
    answers = [type(outcome).__name__ for outcome in outcomes]
    print(json.dumps({{"answers": answers, "pids": pool.worker_pids}}), flush=True)
    {end}

if __name__ == "__main__":
    main()
"""


def write_program(tmp_path: Path, top: str = "", end: str = "pool.close()") -> Path:
    picture = write_picture(tmp_path / "a.jpg")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(repository=str(REPOSITORY), picture=str(picture), top=top, end=end))
    return program


def run(command: list[str], folder: Path) -> dict[str, Any]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["answers"] == ["DecodedPhoto"] * 12
    assert len(answer["pids"]) == 2
    return answer


def test_workers_do_not_load_the_programs_main_module(tmp_path: Path) -> None:
    program = write_program(tmp_path, top="open('loaded', 'a').write('once ')")
    run([sys.executable, str(program)], tmp_path)
    assert (tmp_path / "loaded").read_text() == "once "


def test_a_program_that_forgets_to_close_still_ends(tmp_path: Path) -> None:
    answer = run([sys.executable, str(write_program(tmp_path, end="pass"))], tmp_path)
    assert wait_until(lambda: not any(psutil.pid_exists(pid) for pid in answer["pids"]))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a frozen program is a shell script")
def test_a_frozen_program(tmp_path: Path) -> None:
    """In a frozen program the executable is the program itself; freeze_support() turns it into a worker."""
    frozen = tmp_path / "frozen"
    top = (
        "import multiprocessing, multiprocessing.spawn\n"
        f"sys.frozen, sys.executable = True, {str(frozen)!r}\n"
        "multiprocessing.set_executable(sys.executable)\n"
        "multiprocessing.spawn.freeze_support()"
    )
    program = write_program(tmp_path, top=top)
    frozen.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n')
    frozen.chmod(0o755)
    run([str(frozen)], tmp_path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in another way")
@pytest.mark.parametrize("stopped", [False, True], ids=["waiting", "hanging"])
def test_workers_end_when_the_program_is_killed(tmp_path: Path, stopped: bool) -> None:
    if stopped and sys.platform != "linux":
        pytest.skip("only Linux ends a hanging worker with its program")
    program = write_program(tmp_path, end="time.sleep(60)")
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            pids = json.loads(parent.stdout.readline())["pids"]
            assert all(psutil.pid_exists(pid) for pid in pids)
            if stopped:
                for pid in pids:
                    os.kill(pid, signal.SIGSTOP)
        finally:
            parent.kill()
    assert wait_until(lambda: not any(alive(pid) for pid in pids))


def alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
