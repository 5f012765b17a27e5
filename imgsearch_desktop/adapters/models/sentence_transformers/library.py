"""The library sentence-transformers, imported on first use: with torch that takes seconds and much memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imgsearch_desktop.domain.errors import ModelError

Place = str | Path
"""A name at the hub, or a folder."""


Loader = Callable[[Place], Any]
"""Gives the `SentenceTransformer` of a place."""


def load(place: Place, device: str | None = None, *, fetch: bool = False) -> Any:
    """A `SentenceTransformer`.

    Args:
        place: where it is.
        device: "cpu", "cuda" ..., None for the best there is.
        fetch: ask the hub for what a name stands for; otherwise it has to lie in the hub's cache, and nothing
            is asked for over the network.

    Raises:
        ModelError: the extra is not installed, or the model cannot be loaded.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(
            "Models of sentence-transformers need an extra that is not installed. "
            "Install it with: pip install 'imgsearch-desktop[sentence-transformers]'"
        ) from error
    try:
        return SentenceTransformer(os.fspath(place), device=device, local_files_only=not fetch)
    except Exception as error:  # hub, transformers and torch each have their own kinds
        raise ModelError(
            f"The model {place} cannot be loaded by sentence-transformers ({type(error).__name__}). "
            "It may not have been fetched, or be no model of that library."
        ) from error
