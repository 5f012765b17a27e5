"""An index that another program made of photos, read and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from imgsearch_desktop.domain.embedding import Vector


@dataclass(frozen=True, slots=True)
class ForeignPhoto:
    """A photo in such an index.

    Attributes:
        relative_path: below a folder that the index does not name, as it stands there.
        vector: its embedding, unit length.
        cosine: to what was searched, 0 without a search.
    """

    relative_path: str
    vector: Vector
    cosine: float = 0.0


class ForeignIndex(Protocol):
    """Thread-safe; whoever opens it closes it."""

    @property
    def name(self) -> str:
        """Of the index."""
        ...

    @property
    def dims(self) -> int:
        """Length of its embeddings.

        Raises:
            EngineError: it is not there, is no index of photos, or the server is away.
        """
        ...

    def count(self) -> int:
        """How many photos are in it.

        Raises:
            EngineError: the server is away or refuses.
        """
        ...

    def photos(self) -> Iterator[Sequence[ForeignPhoto]]:
        """Every photo of it, some hundred at a time.

        Raises:
            EngineError: the server is away or refuses.
        """
        ...

    def search(self, vector: Vector, limit: int) -> Sequence[ForeignPhoto]:
        """The photos nearest to a vector, nearest first.

        Raises:
            EngineError: the server is away or refuses.
        """
        ...

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        ...
