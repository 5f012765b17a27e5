"""The supervised decode pool: what goes in comes out once, and no file hurts another."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from imgsearch_desktop.adapters.imaging import hired_worker, supervisor
from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.adapters.imaging.worker_messages import Answer
from imgsearch_desktop.adapters.imaging.worker_process import WorkerProcess
from imgsearch_desktop.application.ports import DecodedPhoto, DecodeFailure, DecodeRequest, DecodeScope
from imgsearch_desktop.application.settings import IndexingSettings
from tests.adapters.imaging.decoding import (
    INPUT,
    PATIENCE_S,
    decode_all,
    decode_pool,
    difference,
    one,
    request,
    shown,
    wait_until,
)
from tests.support.pictures import scene, write_picture

posix = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process by a signal"
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return write_picture(tmp_path / "a.jpg", 1, 640, 480)


@pytest.fixture
def vast(tmp_path: Path) -> Path:
    """A small file that takes 0.2 GB and more than a second."""
    path = tmp_path / "vast.png"
    image = Image.new("P", (14_000, 14_000))
    image.putpalette([200, 100, 50] * 256)
    image.save(path, compress_level=1)
    return path


def only_pid(pool: SupervisedDecodePool) -> int:
    (pid,) = pool.worker_pids
    return pid


def busy(pool: SupervisedDecodePool) -> bool:
    """Whether the only worker has a file."""
    return not any(worker.idle for worker in pool._supervisor._crew)


def stop_worker(pool: SupervisedDecodePool, picture: Path) -> int:
    """Start the only worker and make it hang."""
    assert isinstance(one(pool, picture), DecodedPhoto)
    pid = only_pid(pool)
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_everything_about_a_photo_in_one_answer(picture: Path) -> None:
    with decode_pool() as pool:
        photo = one(pool, picture)
    assert isinstance(photo, DecodedPhoto)
    assert photo.facts is not None
    assert photo.pixels is not None
    assert (photo.facts.format, photo.facts.width, photo.facts.height) == ("jpeg", 640, 480)
    assert (photo.facts.orientation, photo.orientation) == (1, 1)
    assert photo.pixels.shape == (224, 224, 3)
    assert photo.pixels.dtype == np.uint8
    assert photo.fingerprint.size == picture.stat().st_size
    assert photo.fingerprint.mtime_ns == picture.stat().st_mtime_ns
    assert photo.fingerprint.file_hash != photo.fingerprint.picture_hash
    assert photo.metadata.date_taken is not None
    assert difference(shown(photo), scene(1, 640, 480).resize((384, 288))) < 4


def test_a_fingerprint_decodes_nothing(tmp_path: Path, picture: Path) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(picture.read_bytes()[:5000])  # could not be decoded
    with decode_pool() as pool:
        full = one(pool, picture)
        for token, path in enumerate((picture, cut)):
            pool.submit(request(path, token, DecodeScope.FINGERPRINT))
        outcomes = [pool.next_outcome(PATIENCE_S) for _ in range(2)]
    assert isinstance(full, DecodedPhoto)
    for outcome in outcomes:
        assert isinstance(outcome, DecodedPhoto)
        assert (outcome.facts, outcome.pixels, outcome.thumbnail) == (None, None, None)
        assert outcome.orientation == 1
    (same,) = [o for o in outcomes if isinstance(o, DecodedPhoto) and o.token == 0]
    assert (same.fingerprint, same.metadata) == (full.fingerprint, full.metadata)


def test_sidecars_are_read(tmp_path: Path, picture: Path) -> None:
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>'
    )
    asked = DecodeRequest(
        0, os.fsencode(picture), (os.fsencode(sidecar),), DecodeScope.FINGERPRINT, INPUT, 384
    )
    with decode_pool() as pool:
        pool.submit(asked)
        photo = pool.next_outcome(PATIENCE_S)
    assert isinstance(photo, DecodedPhoto)
    assert photo.metadata.rating == 4


def test_every_request_is_answered_once_on_two_workers(tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{seed}.png", seed, 64, 48) for seed in range(60)]
    paths[7].write_bytes(b"broken")
    paths[8].unlink()
    with decode_pool(workers=2, encode_batch=2) as pool:
        outcomes = decode_all(pool, paths)
        assert len(pool.worker_pids) == 2
    failed = [outcome for outcome in outcomes if isinstance(outcome, DecodeFailure)]
    assert [(failure.token, failure.vanished) for failure in failed] == [(7, False), (8, True)]
    hashes = {outcome.fingerprint.file_hash for outcome in outcomes if isinstance(outcome, DecodedPhoto)}
    assert len(hashes) == 58


def test_no_more_workers_than_there_is_work_for(picture: Path) -> None:
    with decode_pool(workers=4) as pool:
        assert pool.worker_pids == ()
        one(pool, picture)
        assert len(pool.worker_pids) == 1


def test_what_is_inside_counts_until_it_is_fetched(picture: Path) -> None:
    with decode_pool(encode_batch=2) as pool:
        for token in range(pool.capacity):
            assert pool.inside == token
            pool.submit(request(picture, token))
        with pytest.raises(RuntimeError, match="full"):
            pool.submit(request(picture, 99))
        for left in reversed(range(pool.capacity)):
            assert pool.next_outcome(PATIENCE_S) is not None
            assert pool.inside == left
        assert pool.next_outcome(0.01) is None


def test_nothing_in_time(picture: Path) -> None:
    with decode_pool() as pool:
        began = time.monotonic()
        assert pool.next_outcome(0.05) is None
        assert time.monotonic() - began < 5


@posix
def test_a_file_that_hangs_costs_one_failure(picture: Path) -> None:
    with decode_pool(file_deadline_s=3.0) as pool:
        pid = stop_worker(pool, picture)
        outcome = one(pool, picture)
        assert isinstance(outcome, DecodeFailure)
        assert "took longer than 3 s" in outcome.reason
        assert not outcome.retry
        assert isinstance(one(pool, picture), DecodedPhoto)
        assert only_pid(pool) != pid
    assert not psutil.pid_exists(pid)


def test_a_picture_that_takes_too_long(vast: Path) -> None:
    with decode_pool(file_deadline_s=0.25) as pool:
        outcome = one(pool, vast)
        assert isinstance(outcome, DecodeFailure)
        assert "took longer than 0.25 s" in outcome.reason


@posix
def test_a_file_that_crashes_the_decoder_costs_one_failure(picture: Path) -> None:
    with decode_pool() as pool:
        pid = stop_worker(pool, picture)
        pool.submit(request(picture, 5))
        assert wait_until(lambda: busy(pool))
        os.kill(pid, signal.SIGKILL)
        outcome = pool.next_outcome(PATIENCE_S)
        assert isinstance(outcome, DecodeFailure)
        assert (outcome.token, outcome.retry) == (5, False)
        assert "crashed the decoder" in outcome.reason
        assert isinstance(one(pool, picture), DecodedPhoto)


@posix
def test_a_worker_that_dies_between_files_costs_nothing(picture: Path) -> None:
    with decode_pool() as pool:
        assert isinstance(one(pool, picture), DecodedPhoto)
        os.kill(only_pid(pool), signal.SIGKILL)
        assert wait_until(lambda: pool.worker_pids == ())
        assert isinstance(one(pool, picture), DecodedPhoto)


def test_a_picture_that_takes_too_much_memory(picture: Path, vast: Path) -> None:
    with decode_pool(worker_memory_mb=400) as pool:
        outcomes = decode_all(pool, [picture, vast, picture])
    assert [type(outcome) for outcome in outcomes] == [DecodedPhoto, DecodeFailure, DecodedPhoto]
    failure = outcomes[1]
    assert isinstance(failure, DecodeFailure)
    assert "more memory than a file may take (400 MB)" in failure.reason
    assert failure.retry


@posix
def test_ctrl_c_does_not_reach_the_workers(picture: Path) -> None:
    with decode_pool() as pool:
        one(pool, picture)
        pid = only_pid(pool)
        os.kill(pid, signal.SIGINT)
        assert isinstance(one(pool, picture), DecodedPhoto)
        assert only_pid(pool) == pid


def test_abandoning_forgets_everything_at_once(tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{seed}.png", seed) for seed in range(10)]
    with decode_pool() as pool:
        for token, path in enumerate(paths):
            pool.submit(request(path, token))
        pool.abandon()
        assert pool.inside == 0
        pool.submit(request(paths[0], 77))
        outcome = pool.next_outcome(PATIENCE_S)
        assert isinstance(outcome, DecodedPhoto)
        assert outcome.token == 77
        assert pool.next_outcome(0.1) is None
        assert pool.inside == 0


@posix
def test_abandoning_a_hanging_file(picture: Path) -> None:
    with decode_pool(file_deadline_s=60.0) as pool:
        stop_worker(pool, picture)
        pool.submit(request(picture, 1))
        assert wait_until(lambda: busy(pool))
        pool.abandon()
        began = time.monotonic()
        assert isinstance(one(pool, picture), DecodedPhoto)
        assert time.monotonic() - began < 20


@posix
@pytest.mark.parametrize("hanging", [False, True])
def test_closing_is_quick_and_leaves_nothing(picture: Path, hanging: bool) -> None:
    descriptors = psutil.Process().num_fds()
    threads = threading.active_count()
    with decode_pool() as pool:
        if hanging:
            stop_worker(pool, picture)
        else:
            one(pool, picture)
        pids = pool.worker_pids
        pool.submit(request(picture, 1))
        began = time.monotonic()
        pool.close()
        assert time.monotonic() - began < 5  # 2 s, on a machine that has nothing else to do
        pool.close()
        assert pool.inside == 0
        assert pool.next_outcome(0.01) is None
        with pytest.raises(RuntimeError, match="closed"):
            pool.submit(request(picture, 2))
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert threading.active_count() == threads
    assert psutil.Process().num_fds() == descriptors


def test_a_pool_that_was_never_used_can_be_closed() -> None:
    SupervisedDecodePool(IndexingSettings()).close()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities work differently here")
def test_workers_step_back_and_stay_lean(picture: Path) -> None:
    with decode_pool() as pool:
        one(pool, picture)
        worker = psutil.Process(only_pid(pool))
        assert worker.nice() > psutil.Process().nice()
        assert worker.num_threads() == 1
        assert "PySide6" not in " ".join(mapped.path for mapped in worker.memory_maps())
        assert worker.memory_info().rss < 120 * 1024**2


def test_idle_workers_are_let_go(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_IDLE_S", 0.2)
    with decode_pool() as pool:
        one(pool, picture)
        assert wait_until(lambda: pool.worker_pids == ())
        assert isinstance(one(pool, picture), DecodedPhoto)


def test_time_asleep_does_not_count(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that sleeps while a file is read must not blame the file."""
    naps = [3600.0]
    real_wait = wait
    ahead = 0.0

    def wait_through_a_nap(connections: object, timeout: float) -> object:
        nonlocal ahead
        ready = real_wait(connections, timeout)  # type: ignore[arg-type]
        if naps and any(worker._job for worker in pool._supervisor._crew):
            ahead += naps.pop()
        return ready

    clock = time.monotonic
    with decode_pool(file_deadline_s=30.0) as pool:
        one(pool, picture)
        monkeypatch.setattr(supervisor, "wait", wait_through_a_nap)
        monkeypatch.setattr(time, "monotonic", lambda: clock() + ahead)
        outcome = one(pool, picture)
        monkeypatch.undo()
    assert not naps
    assert isinstance(outcome, DecodedPhoto)


def test_a_decoder_that_cannot_be_started_says_so(
    picture: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    expect_log("decoder cannot be started")
    monkeypatch.setattr(WorkerProcess, "start", refuse)
    with decode_pool() as pool:
        pool.submit(request(picture))
        outcome = pool.next_outcome(PATIENCE_S)
        assert isinstance(outcome, DecodeFailure)
        assert outcome.retry
        monkeypatch.undo()
        assert isinstance(one(pool, picture), DecodedPhoto)


def test_a_worker_that_dies_at_its_start_is_tried_again(
    picture: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("before it was ready")
    monkeypatch.setattr(hired_worker, "WorkerProcess", DyingWorker)
    with decode_pool() as pool:
        pool.submit(request(picture))
        outcome = pool.next_outcome(PATIENCE_S)
        assert isinstance(outcome, DecodeFailure)
        assert "cannot be started" in outcome.reason


class DyingWorker(WorkerProcess):
    """Ends before it is ready."""

    def run(self) -> None:
        """Say nothing and go."""
        os._exit(3)


def test_an_error_in_the_program_is_logged_and_costs_one_file(
    picture: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("(?s)error in the program.*TypeError")
    with decode_pool() as pool:
        broken = request(picture)
        object.__setattr__(broken, "path", None)
        pool.submit(broken)
        outcome = pool.next_outcome(PATIENCE_S)
        assert isinstance(outcome, DecodeFailure)
        assert "error in the program" in outcome.reason
        assert isinstance(one(pool, picture), DecodedPhoto)


def test_an_error_in_the_supervision_is_survived(
    picture: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("error in the supervision")
    real = hired_worker.HiredWorker.hear
    failing = iter([True])

    def hear(worker: hired_worker.HiredWorker, idle_s: float) -> Answer:
        given = real(worker, idle_s)
        if given.outcome is not None and next(failing, False):
            raise ValueError("a bug")
        return given

    monkeypatch.setattr(hired_worker.HiredWorker, "hear", hear)
    with decode_pool() as pool:
        assert isinstance(one(pool, picture), DecodeFailure)
        assert isinstance(one(pool, picture), DecodedPhoto)
