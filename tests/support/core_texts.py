"""What the core says to people, as `make translations` gathers it from the sources."""

from __future__ import annotations

import sys
from functools import cache

from tests.support.repository import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
import core_sentences

sys.path.remove(str(ROOT / "packaging"))


@cache
def core_texts() -> core_sentences.Gathered:
    """Every text of the core that can reach the window; takes seconds, once in a test run."""
    return core_sentences.gather()


def as_source(templates: set[str]) -> str:
    """A Python file that lupdate reads these from."""
    return core_sentences.as_source(sorted(templates))
