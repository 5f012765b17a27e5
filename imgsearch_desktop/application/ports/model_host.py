"""A server that runs models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from imgsearch_desktop.application.tasks import Progress, TaskControl


class ModelHost(Protocol):
    """Takes models that encode texts and runs them."""

    def deploy(
        self, source: str, model_id: str, control: TaskControl, report: Callable[[Progress], None]
    ) -> None:
        """Have a model run there: upload it unless it is there already, start it, wait until it has started.

        Args:
            source: a model's name at the hub, or a folder on this computer.
            model_id: what it is called there.
            control: cancels; nothing half uploaded stays there.
            report: told how far it is.

        Raises:
            ModelError: the model cannot be read or prepared here, or what does that is not installed.
            EngineError: the server is away, refuses, or cannot run it.
            Cancelled: stopped by the user.
        """
        ...

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        ...
