"""A request on its way through the proxy and its answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks; `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def line(self) -> str:
        """As it is matched and remembered: "POST /index/_bulk?refresh=true"."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, document: object, **headers: str) -> Answer:
        """A JSON answer that is signed as Elasticsearch's."""
        signed = {"Content-Type": "application/json", "X-elastic-product": "Elasticsearch", **headers}
        return cls(status, json.dumps(document).encode(), signed)


class Exchange(Protocol):
    """One request on its way, for a fault to deal with."""

    asked: Request

    def forward(self, body: bytes | None = None) -> Answer:
        """Have the real server do it, or the same with another body."""
        ...

    def send(self, answer: Answer) -> None:
        """Answer the client."""
        ...

    def cut(self) -> None:
        """Close the connection to the client."""
        ...

    def stay_silent(self) -> None:
        """Keep the connection open and say nothing until the proxy is closed or lets go."""
        ...


Fault = Callable[[Exchange], None]
Gate = Callable[[Request], Answer | None]
