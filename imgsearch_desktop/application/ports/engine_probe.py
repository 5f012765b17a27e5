"""What is told about a search engine on a server: whether it can be used, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from imgsearch_desktop.application.ports.engines import IndexPosition
from imgsearch_desktop.domain.embedding import ModelId


class FindingKind(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found while a connection was examined.

    Attributes:
        topic: what was looked at: "address", "encryption", "sign-in", "version", "privileges", "disk" or
            "index".
        kind: a problem keeps the engine from being used, a note does not.
        text: one or two clear sentences; never a secret in them.
    """

    topic: str
    kind: FindingKind
    text: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of "Test connection", in the order looked at; a problem that hinders the rest ends it."""

    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether the engine can be used as it is."""
        return all(finding.kind is not FindingKind.PROBLEM for finding in self.findings)


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """The index of one model on the server.

    Attributes:
        name: of the index.
        photos: that can be found.
        size_bytes: on the disks of the server, copies included.
        position: up to where it is fed, None if it is not of this program.
    """

    name: str
    photos: int
    size_bytes: int
    position: IndexPosition | None


class EngineProbe(Protocol):
    """Looks at a search engine on a server without changing anything there."""

    def examine(self, model_id: ModelId) -> Examination:
        """Find out in words whether the engine can be used; raises no `EngineError`."""
        ...

    def facts(self, model_id: ModelId) -> IndexFacts | None:
        """The index of a model, None where there is none.

        Raises:
            EngineError: the server cannot be reached or refuses.
        """
        ...

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        ...
