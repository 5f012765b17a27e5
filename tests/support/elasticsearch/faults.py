"""What can go wrong between a client and Elasticsearch that a healthy server does not bring about.

Each is given to `Proxy.add`. A server that is stopped, killed or frozen is better had from `RealServer`.
"""

from __future__ import annotations

import json
from typing import Any

from tests.support.elasticsearch.exchange import Answer, Exchange, Fault


def cut(exchange: Exchange) -> None:
    """The connection breaks before the server has heard anything."""
    exchange.cut()


def cut_after(exchange: Exchange) -> None:
    """The connection breaks after the server has done the work."""
    exchange.forward()
    exchange.cut()


def stall(exchange: Exchange) -> None:
    """Nothing comes back, and nothing is done."""
    exchange.stay_silent()


def stall_after(exchange: Exchange) -> None:
    """Nothing comes back, though the server has done the work."""
    exchange.forward()
    exchange.stay_silent()


def refuse(status: int, kind: str, reason: str) -> Fault:
    """An error as Elasticsearch words it."""
    answer = Answer.of(status, error_body(status, kind, reason))
    return lambda exchange: exchange.send(answer)


def error_body(status: int, kind: str, reason: str, **more: object) -> dict[str, Any]:
    """The body of an error."""
    cause = {"type": kind, "reason": reason, **more}
    return {"error": {"root_cause": [cause], **cause}, "status": status}


too_busy = refuse(
    429,
    "es_rejected_execution_exception",
    "rejected execution of coordinating operation [coordinating_and_primary_bytes=0, replica_bytes=0, "
    "all_bytes=0, coordinating_operation_bytes=2097152, max_coordinating_bytes=1048576]",
)
"""429: the server has no room in memory for the work."""

not_ready = refuse(
    503,
    "cluster_block_exception",
    "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];",
)
"""503: the server has just started."""


def gateway_error(exchange: Exchange) -> None:
    """502 in HTML, from something in front of the server."""
    exchange.send(Answer(502, b"<html><h1>502 Bad Gateway</h1></html>", {"Content-Type": "text/html"}))


def busy_items(every: int = 2) -> Fault:
    """A bulk answer in which each `every`-th item is refused with 429 and not done; the others are done."""

    def fault(exchange: Exchange) -> None:
        operations = _operations(exchange.asked.body)
        refused = set(range(every - 1, len(operations), every))
        sent = [lines for number, (_, _, lines) in enumerate(operations) if number not in refused]
        done = iter(json.loads(exchange.forward(b"".join(sent)).body)["items"] if sent else [])
        items = [
            _busy_item(kind, target) if number in refused else next(done)
            for number, (kind, target, _) in enumerate(operations)
        ]
        exchange.send(Answer.of(200, {"took": 1, "errors": bool(refused), "items": items}))

    return fault


def _operations(body: bytes) -> list[tuple[str, dict[str, Any], bytes]]:
    """Kind, target and lines of each operation of a bulk request."""
    lines = iter(body.splitlines(keepends=True))
    operations = []
    for line in lines:
        ((kind, target),) = json.loads(line).items()
        operations.append((kind, target, line if kind == "delete" else line + next(lines)))
    return operations


def _busy_item(kind: str, target: dict[str, Any]) -> dict[str, Any]:
    reason = "rejected execution of primary operation [primary_operation_bytes=1024, max_primary_bytes=512]"
    error = {"type": "es_rejected_execution_exception", "reason": reason}
    place = {"_index": target.get("_index"), "_id": target.get("_id")}
    return {kind: {**place, "status": 429, "error": error}}
