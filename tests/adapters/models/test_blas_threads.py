import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread


def threads() -> set[int]:
    assert np.__version__
    libraries = ThreadpoolController().select(user_api="blas").lib_controllers
    return {library.num_threads for library in libraries}


@pytest.fixture
def usual() -> set[int]:
    """What this machine has outside."""
    numbers = threads()
    if numbers in (set(), {1}):
        pytest.skip("this numpy or this machine has no BLAS threads that could be limited")
    return numbers


def test_the_body_runs_on_one_thread(usual: set[int]):
    with one_blas_thread():
        assert threads() == {1}
        with one_blas_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == usual


def test_an_error_in_the_body_restores_the_number(usual: set[int]):
    with pytest.raises(ValueError, match="inside"), one_blas_thread():
        raise ValueError("inside")
    assert threads() == usual


def test_bodies_of_many_threads_leave_the_number_as_it_was(usual: set[int]):
    ready = threading.Barrier(4)

    def work(_: int) -> list[set[int]]:
        ready.wait()
        inside = []
        for _ in range(20):
            with one_blas_thread():
                inside.append(threads())
        return inside

    with ThreadPoolExecutor(4) as pool:
        assert all(number == {1} for inside in pool.map(work, range(4)) for number in inside)
    assert threads() == usual
