import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from imgsearch_desktop.adapters.models.lazy import Lazy


def test_many_threads_make_one_value():
    made: list[object] = []

    def make() -> object:
        time.sleep(0.02)
        made.append(object())
        return made[-1]

    lazy, ready = Lazy(make), threading.Barrier(8)

    def get(_: int) -> object:
        ready.wait()
        return lazy.get()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(get, range(8))) == {made[0]}
    assert len(made) == 1


def test_none_is_a_value():
    calls: list[None] = []
    lazy = Lazy(lambda: calls.append(None))
    lazy.get()
    lazy.get()
    assert len(calls) == 1


def test_a_failure_is_tried_again():
    outcomes: Iterator[Exception | str] = iter([OSError("away"), "there"])

    def make() -> str:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    lazy = Lazy(make)
    with pytest.raises(OSError, match="away"):
        lazy.get()
    assert lazy.get() == "there"
