"""Which catalogue a projection reflects, and up to where."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from imgsearch_desktop.adapters.embedded.matrix_file import MatrixStamp


@dataclass(frozen=True, slots=True)
class ProjectionState:
    """The one row of the table `state`.

    Attributes:
        generation: random, new with every reset.
        library_id: of which library.
        epoch: of that library.
        dims: length of an embedding.
        text_dims: a text query is zero beyond these.
        change_id: up to where the change log is applied.
        sequence: batches applied since the reset.
    """

    generation: str
    library_id: str
    epoch: str
    dims: int
    text_dims: int
    change_id: int
    sequence: int

    def stamp(self, model_id: str) -> MatrixStamp:
        """The state as a matrix carries it."""
        return MatrixStamp(
            model_id, self.library_id, self.epoch, self.generation, self.change_id, self.sequence
        )


def read_state(connection: sqlite3.Connection) -> ProjectionState | None:
    """The state, None where the projection was never filled."""
    row = connection.execute(
        "SELECT generation, library_id, epoch, dims, text_dims, change_id, sequence FROM state"
    ).fetchone()
    return None if row is None else ProjectionState(*row)


def write_state(connection: sqlite3.Connection, state: ProjectionState) -> None:
    """Replace the state."""
    connection.execute(
        "INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.generation,
            state.library_id,
            state.epoch,
            state.dims,
            state.text_dims,
            state.change_id,
            state.sequence,
        ),
    )
