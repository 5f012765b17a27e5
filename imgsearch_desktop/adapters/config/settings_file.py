"""The settings file: JSON, versioned, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.errors import KnownError

VERSION = 1
"""Version of the file's layout; raise it when a key changes its meaning, with a step in `_MIGRATIONS`."""

_MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Step from a version to the next one, by the version it starts from."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What a settings file says.

    Attributes:
        settings: the settings, defaults where the file is silent or broken.
        notice: one sentence for the user when the file could not be used, else None.
    """

    settings: Settings
    notice: str | None = None


class SettingsFile:
    """Reads and writes the settings.

    Keys that this version does not know (a newer one wrote them, or a person) are kept as they are.

    Args:
        path: where the file lies; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> LoadedSettings:
        """Read the file; a broken one raises nothing: it is set aside and named in the notice."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return LoadedSettings(Settings())
        except (OSError, UnicodeDecodeError) as error:
            return self._broken(_reason(error))
        try:
            return LoadedSettings(_parse(text))
        except ValueError as error:
            return self._broken(_reason(error))

    def save(self, settings: Settings) -> None:
        """Write the settings over what the file says, keeping unknown keys.

        Raises:
            KnownError: the file cannot be written; the old one is still there, untouched.
        """
        content = {**_merged(self._raw(), asdict(settings)), "version": VERSION}
        partial = self.path.with_name(f"{self.path.name}.{os.getpid()}.partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as stream:
                json.dump(content, stream, indent=2, ensure_ascii=False)
                stream.write("\n")
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink()
            raise KnownError(
                f"The settings could not be saved to {self.path} ({error.strerror}). "
                "They hold until the program ends; make room or the folder writable to keep them."
            ) from error

    def _raw(self) -> dict[str, Any]:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return raw if isinstance(raw, dict) else {}

    def _broken(self, reason: str) -> LoadedSettings:
        aside = self.path.with_name(f"{self.path.name}.broken-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        try:
            self.path.replace(aside)
            kept = f"it has been set aside as {aside.name}, and the defaults hold"
        except OSError:
            kept = "the defaults hold until it is mended"
        return LoadedSettings(Settings(), f"The settings in {self.path} cannot be used ({reason}); {kept}.")


def _parse(text: str) -> Settings:
    """Settings out of the file's text.

    Raises:
        ValueError: not JSON, not the right shape, or a value out of bounds.
    """
    from imgsearch_desktop.adapters.config.schema import SettingsModel

    raw = json.loads(text)
    if not isinstance(raw, dict):
        raise ValueError("it does not hold settings")
    version = raw.get("version", VERSION)
    while isinstance(version, int) and version in _MIGRATIONS:
        raw = _MIGRATIONS[version](raw)
        version += 1
    return SettingsModel.model_validate(raw).settings()


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """`new` over `old`, section by section."""
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        result[key] = (
            _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
        )
    return result


def _reason(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"{where}: {first['msg']}"
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno} is not JSON"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)
