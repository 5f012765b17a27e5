"""A node of Elasticsearch that can be stopped, killed, frozen, and started again with its data and port."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.support.elasticsearch.distribution import provide_distribution

HOST = "127.0.0.1"
PORTS = range(20_000, 30_000)
"""Below the ports that systems give to outgoing connections: a stopped server finds its own free again."""

READY_S = 180.0
"""How long a node may take to answer on a machine that is busy with other things; 5 s on a quiet one."""

HEALTHY = "/_cluster/health?wait_for_status=yellow&wait_for_events=languid&timeout=5s"
"""Answers when every index that was there before can be searched again."""

QUICK_START = ("-Xms128m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Java's quick compiler only: ready in a third of the time and half as fast from then on. For tests."""

LONG_RUN = ("-Xms1g", "-Xmx1g")
"""For a server that people or measurements use."""

TEST_SETTINGS = {
    "discovery.type": "single-node",
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # the disk may be full
    "action.destructive_requires_name": "false",
}


@dataclass(frozen=True, slots=True)
class Orders:
    """What the process of a node is told.

    Attributes:
        home: the distribution.
        data: the node's own folder, with its indices and its log.
        java: options for Java.
        settings: of `elasticsearch.yml`.
        discard: whether the folder is removed at the end.
        shared: folder of the lifeline of a server that several processes share; it then leaves the family of
            the one that starts it. Empty for a server of one process.
    """

    home: str
    data: str
    java: tuple[str, ...]
    settings: Mapping[str, str]
    discard: bool = False
    shared: str = ""


class RealServer:
    """A node in a process of its own, which ends with the process that started it.

    Args:
        folder: for its data and its log; made if need be.
        settings: of `elasticsearch.yml`, beside where it lies and listens.
        java: options for Java.
        port: to answer on; None for any free one, which it then keeps.
        name: of the node.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] = TEST_SETTINGS,
        *,
        java: tuple[str, ...] = QUICK_START,
        port: int | None = None,
        name: str = "node",
    ) -> None:
        self.folder, self.name = folder, name
        self.port, self.transport_port = port or free_port(), free_port()
        self._settings, self._java = dict(settings), java
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process, "not started"
        return self._process.pid

    def start(self) -> RealServer:
        """Start the node and wait until it answers; its data are what they were."""
        self.launch()
        return self.wait()

    def launch(self) -> None:
        """Start the process alone: nodes of one cluster wait for each other."""
        assert self._process is None, "runs already"
        self._process = launch_node(self.orders(), subprocess.PIPE)

    def wait(self) -> RealServer:
        """Wait until the node answers."""
        assert self._process, "not started"
        process = self._process
        try:
            wait_until_ready(self.port, self.folder, lambda: process.poll() is None)
        except BaseException:
            self.kill()
            raise
        return self

    def orders(self, *, discard: bool = False, shared: Path | None = None) -> Orders:
        """What the process is told."""
        home = provide_distribution()
        settings = self._settings | {
            "node.name": self.name,
            "path.home": str(home),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": HOST,
            "http.port": str(self.port),
            "transport.port": str(self.transport_port),
        }
        return Orders(str(home), str(self.folder), self._java, settings, discard, str(shared or ""))

    def hold(self) -> None:
        """Wait until the process ends by itself."""
        assert self._process, "not started"
        self._process.wait()

    def stop(self) -> None:
        """Shut the node down in order, keeping its data; nothing happens if it does not run."""
        if self._process:
            assert self._process.stdin
            self._process.stdin.close()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def kill(self) -> None:
        """End the process as a power cut would, keeping what is on the disk."""
        if self._process:
            self._process.kill()
            self._process.wait()
            assert self._process.stdin
            self._process.stdin.close()
            self._process = None

    def freeze(self) -> None:
        """Hold the process still: connections stay open, nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen process go on."""
        os.kill(self.pid, signal.SIGCONT)

    def discard(self) -> None:
        """Kill the node and remove its data."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method: str, path: str, body: object = None, timeout_s: float = 30) -> Any:
        """Send a request past the product's own client; what the server answers as JSON."""
        return ask(self.port, method, path, body, timeout_s)


def free_port() -> int:
    """A port that nobody listens on now."""
    tries = random.Random(os.urandom(8)).sample(PORTS, 100)  # tests fix the seed of the module's own
    return next(port for port in tries if is_free(port))


def is_free(port: int) -> bool:
    """Whether nobody listens on a port now."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True


def launch_node(orders: Orders, lifeline: int) -> subprocess.Popen[bytes]:
    """Start the process of a node.

    Args:
        orders: what it is told.
        lifeline: what it reads as its standard input; it ends when that ends.
    """
    folder = Path(orders.data)
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    (folder / "logs" / "output.log").touch()
    script = str(Path(__file__).with_name("node_process.py"))
    with (folder / "logs" / "output.log").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", script, json.dumps(asdict(orders))],
            stdin=lifeline,
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,  # Ctrl-C is for the one who started it
        )


def wait_until_ready(port: int, folder: Path, alive: Callable[[], bool]) -> None:
    """Wait until a node answers and its indices can be searched.

    Raises:
        RuntimeError: the process has ended or takes too long; with the end of its log.
    """
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and alive():
        try:
            health = ask(port, "GET", HEALTHY)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        if not health.get("timed_out", True):
            return
    raise RuntimeError(f"Elasticsearch did not start:\n{_end_of_log(folder)}")


def _end_of_log(folder: Path) -> str:
    logs = (folder / "logs" / name for name in ("output.log", "node.log"))
    return "\n".join(log.read_text(errors="replace")[-3000:] for log in logs if log.exists())


def ask(port: int, method: str, path: str, body: object = None, timeout_s: float = 30) -> Any:
    """Send one request to a node on this machine; what it answers as JSON, errors too."""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout_s)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        return json.loads(connection.getresponse().read() or b"null")
    finally:
        connection.close()
