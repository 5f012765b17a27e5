"""The small JSON files that lie beside a tower."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from imgsearch_desktop.domain.errors import ModelError

Config = dict[str, Any]


def read_config(path: Path) -> Config:
    """A file that must be there.

    Raises:
        ModelError: missing, or not a JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"The model lacks the file {path}. Fetch the model again.") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"The model's file {path} is damaged. Fetch the model again.") from error
    if not isinstance(content, dict):
        raise ModelError(f"The model's file {path} is not what it should be. Fetch the model again.")
    return content


def read_config_if_there(path: Path) -> Config:
    """A file that may be left out: empty then.

    Raises:
        ModelError: it is there and not a JSON object.
    """
    return read_config(path) if path.is_file() else {}
