"""kill -9 while another model is prepared: nothing learned is lost, the choice stays, search always works."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from imgsearch_desktop.application.encode_library import LEARNING
from imgsearch_desktop.domain.library import ModelChoice
from tests.support.two_models import BETTER, STARTER_SPEC, disk_with, two_models

PHOTOS = 200
RUNS = 6
REPOSITORY = Path(__file__).parents[2]


def test_killed_again_and_again_the_switch_comes_and_no_search_fails(tmp_path: Path) -> None:
    with two_models(tmp_path, disk_with(PHOTOS)) as library:
        library.run_index(b"/photos")
        library.switch.choose(BETTER.model_id)
    moments = random.Random(7)
    known, killed = 0, 0
    for _ in range(RUNS):
        said, survived = run_and_kill(tmp_path, moments.uniform(0.1, 0.5))
        killed += not survived
        with two_models(tmp_path, disk_with(PHOTOS)) as library:
            now = library.known(BETTER.model_id)
            assert now >= max(known, said)
            known = now
            choice = library.catalogue.model_choice()
            assert choice in (ModelChoice(None, BETTER.model_id), ModelChoice(BETTER.model_id, None))
            page = library.search()
            assert len(page.hits) == PHOTOS
            assert page.model_id == (choice.active or STARTER_SPEC.model_id)
    assert killed >= 3
    with two_models(tmp_path, disk_with(PHOTOS)) as library:
        library.prepare()
        assert library.better.encoded == PHOTOS - known
        assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)
        page = library.search()
        assert (page.model_id, len(page.hits)) == (BETTER.model_id, PHOTOS)


def run_and_kill(directory: Path, lasting_s: float) -> tuple[int, bool]:
    """Let a child prepare the model for a while after its first word.

    Returns:
        How many photos it said the model knows, and whether it came to its end.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.end2end.switching_child", directory, str(PHOTOS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        first = child.stdout.readline()
        time.sleep(lasting_s)
        child.kill()
        lines = [first, *child.stdout.read().splitlines()]
        assert child.stderr.read() == ""
    child.wait()
    told = [int(line.split()[1]) for line in lines if line.startswith(LEARNING)]
    return max(told, default=0), any(line.startswith("finished") for line in lines)
