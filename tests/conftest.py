"""The rules of the house that every test is held to, whatever it is about.

A test fails on any log record of WARNING or above that it did not announce (fixture `expect_log`), on
threads, child processes or visible windows it leaves behind, on files it leaves in the working directory, and
on any connection that leaves this machine. Python warnings and Qt warnings fail it too (pyproject.toml).
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import psutil
import pytest

pytest_plugins = ("tests.support.elasticsearch.fixtures",)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GRACE_S = 5.0
"""How long a thread or process that was told to end may take to do so; waited for only when one is there."""

OWN_NAMES = {".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".cache"}
"""Where the tools that run the tests keep what they know, in the working directory."""


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing a test does reaches the library, settings or cache of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(home / variable.lower()))
        for variable in [name for name in os.environ if name.startswith("IMGSEARCH_")]:
            patch.delenv(variable)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Connections and name look-ups are for this machine only."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_strangers(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if name in (None, "", "localhost"):
            return
        try:
            if ipaddress.ip_address(str(name)).is_loopback:
                return
        except ValueError:
            pass
        pytest.fail(f"The test tried to reach {name!r} over the network.", pytrace=True)

    def guarded_connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple):
            refuse_strangers(address[0])
        connect(self, address)  # type: ignore[arg-type]

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        if isinstance(address, tuple):
            refuse_strangers(address[0])
        return connect_ex(self, address)  # type: ignore[arg-type]

    def guarded_getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
        refuse_strangers(host)
        return getaddrinfo(host, *args, **kwargs)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session")
def worked_out_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache directory of the starter model (`starter/`) with its tables worked out, for all test processes.

    Tests only read or copy it: `support.command_line.seed_model_cache` gives it to a new library.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "worked-out-model"
    done = shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 120
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    if not done.exists():
        from imgsearch_desktop.adapters.models.starter.model import StarterModel

        model = StarterModel(shared / "starter")
        assert model.image_encoder
        assert model.text_encoder
        done.touch()
    return shared


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Names that are no text, logged or printed by a test, must not end the process that reports it."""
    report = yield
    report.sections = [(title, _as_text(content)) for title, content in report.sections]
    if report.failed and _as_text(report.longreprtext) != report.longreprtext:
        report.longrepr = _as_text(report.longreprtext)
    return report


def _as_text(content: str) -> str:
    return content.encode("utf-8", "backslashreplace").decode("utf-8")


class LogWatch(logging.Handler):
    """Collects the records of WARNING and above of one test, and what it said it would log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record for the verdict."""
        self.records.append(record)

    def verdict(self) -> str:
        """What is wrong, "" when nothing is."""
        messages = [record.getMessage() for record in self.records]
        unexpected = [
            f"{record.levelname} {record.name}: {message}"
            for record, message in zip(self.records, messages, strict=True)
            if not any(pattern.search(message) for pattern in self.expected)
        ]
        absent = [p.pattern for p in self.expected if not any(p.search(message) for message in messages)]
        lines = [f"unexpected log record: {line}" for line in unexpected]
        return "\n".join(lines + [f"expected, never logged: {pattern}" for pattern in absent])


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[LogWatch]:
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if verdict := watch.verdict():
        pytest.fail(verdict, pytrace=False)


@pytest.fixture
def expect_log(_log_watch: LogWatch) -> Callable[[str], None]:
    """Announce, as a regular expression, a record of WARNING or above that the test must bring about."""
    return lambda pattern: _log_watch.expected.append(re.compile(pattern))


@pytest.fixture(autouse=True)
def _nothing_left_behind(_log_watch: LogWatch) -> Iterator[None]:
    threads = set(threading.enumerate())
    processes = _children()
    names = _names_in_working_directory()
    timers = set(_running_timers())
    yield
    _delete_what_waits_for_deletion()
    _check_gone("threads", lambda: [t.name for t in threading.enumerate() if t not in threads and _runs(t)])
    _check_gone("child processes", lambda: [_told(child) for child in _children() - processes])
    _check_gone("visible windows", _visible_windows)
    _check_gone("running timers", lambda: [timer for timer in _running_timers() if timer not in timers])
    if left := sorted(_names_in_working_directory() - names):
        pytest.fail(f"left in the working directory: {left}", pytrace=False)


def _check_gone(what: str, remaining: Callable[[], list[str]]) -> None:
    deadline = time.monotonic() + GRACE_S
    while left := remaining():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} left behind: {left}", pytrace=False)
        time.sleep(0.01)


def _runs(thread: threading.Thread) -> bool:
    """Whether a thread still exists; Python keeps its stand-in for one that Qt started long after its end."""
    if not isinstance(thread, threading._DummyThread):
        return True
    return thread.native_id in {native.id for native in psutil.Process().threads()}


def _children() -> set[psutil.Process]:
    """Living child processes; the standard library's resource tracker stays for the whole run by design."""
    return {child for child in psutil.Process().children(recursive=True) if _counts(child)}


def _counts(child: psutil.Process) -> bool:
    try:
        return child.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(child.cmdline())
    except psutil.Error:
        return False


def _told(child: psutil.Process) -> str:
    try:
        return f"{child.pid} {' '.join(child.cmdline())[:200]}"
    except psutil.Error:
        return f"{child.pid}, gone by now"


def _visible_windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [repr(widget) for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]


def _delete_what_waits_for_deletion() -> None:
    """Widgets that were closed and told to go (`deleteLater`) wait for an event loop that never comes."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def _running_timers() -> list[str]:
    """Timers that belong to a window and would fire into the tests that follow."""
    widgets, core = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return []
    windows = widgets.QApplication.topLevelWidgets()
    timers = [timer for window in windows for timer in window.findChildren(core.QTimer)]
    return [f"{timer!r} of {timer.parent()!r}" for timer in timers if timer.isActive()]


def _names_in_working_directory() -> set[str]:
    return {entry.name for entry in Path.cwd().iterdir()} - OWN_NAMES
