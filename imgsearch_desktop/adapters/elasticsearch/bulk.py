"""Sends documents in bulk, again and again while the server is busy or away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imgsearch_desktop.adapters.elasticsearch.errors import (
    ServerAwayError,
    ServerBusyError,
    reason_of,
    refusal_in_words,
)
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.domain.errors import EngineError

CHUNK = 300
"""Documents in one request: three to ten megabytes."""

_DONE = 409
"""Newer state is there already: what was to be done is done."""

_REFUSED = 400
"""The document itself is not taken; others are."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a batch is tried again while the server is busy or away, and how long is waited in between.

    Attributes:
        attempts: in all.
        first_s: wait before the second; each further wait is twice as long.
        longest_s: no wait is longer.
    """

    attempts: int = 4
    first_s: float = 0.5
    longest_s: float = 8.0

    def waits(self) -> Iterator[float]:
        """Seconds between the attempts."""
        for number in range(self.attempts - 1):
            yield min(self.first_s * 2**number, self.longest_s)


@dataclass(frozen=True, slots=True)
class Operation:
    """A document to be stored where no newer state of it is there.

    Attributes:
        document_id: `_id`.
        change_id: the version of it.
        source: the document.
        again: also where the very same version is there.
    """

    document_id: str
    change_id: int
    source: Mapping[str, Any]
    again: bool = False

    def action(self) -> dict[str, Any]:
        """The line that stands before the document."""
        kind = "external_gte" if self.again else "external"
        return {"index": {"_id": self.document_id, "version": self.change_id, "version_type": kind}}


def send(server: Server, alias: str, operations: Sequence[Operation], patience: Patience) -> dict[str, str]:
    """Store documents durably.

    Whether an attempt whose answer never came was carried out does not matter: a repeated one finds its own
    version there.

    Args:
        server: where.
        alias: through which; nothing is taken when it is not there any more.
        operations: each document once.
        patience: with a server that is busy or away.

    Returns:
        Documents that the server refuses, with the reason in a sentence; all others are stored.

    Raises:
        IndexGoneError: the alias is not there.
        EngineError: the server cannot be reached, stays busy, or takes nothing at all.
    """
    refused: dict[str, str] = {}
    for start in range(0, len(operations), CHUNK):
        refused |= _send_patiently(server, alias, operations[start : start + CHUNK], patience)
    return refused


def _send_patiently(
    server: Server, alias: str, operations: Sequence[Operation], patience: Patience
) -> dict[str, str]:
    refused: dict[str, str] = {}
    waits = patience.waits()
    left = list(operations)
    while True:
        trouble: EngineError | None = None
        try:
            left, trouble = _sorted_out(server, left, _send_once(server, alias, left), refused)
        except (ServerAwayError, ServerBusyError) as error:
            trouble = error
        if trouble is None:
            return refused
        seconds = next(waits, None)
        if seconds is None or server.wait(seconds):
            raise trouble


def _send_once(server: Server, alias: str, operations: Sequence[Operation]) -> list[Mapping[str, Any]]:
    """What came of each operation, in their order."""
    lines = [line for operation in operations for line in (operation.action(), operation.source)]
    with server.worked() as client:
        answer = client.bulk(
            index=alias,
            operations=lines,
            require_alias=True,
            filter_path=["items.*.status", "items.*.error"],
        )
    return [item["index"] for item in answer["items"]]


def _sorted_out(
    server: Server,
    operations: Sequence[Operation],
    items: Sequence[Mapping[str, Any]],
    refused: dict[str, str],
) -> tuple[list[Operation], EngineError | None]:
    """Note what was refused; what is to be sent again comes back, with the reason."""
    again: list[Operation] = []
    trouble: EngineError | None = None
    for operation, item in zip(operations, items, strict=True):
        status, error = int(item["status"]), item.get("error")
        if error is None or status == _DONE:
            continue
        if status == _REFUSED:
            refused[operation.document_id] = f"Elasticsearch does not take it: {reason_of(error)}."
            continue
        trouble = refusal_in_words(status, error, server.address)
        if not isinstance(trouble, ServerBusyError):
            raise trouble
        again.append(operation)
    return again, trouble
