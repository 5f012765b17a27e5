"""Where things lie on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LIBRARY_VARIABLE = "IMGSEARCH_LIBRARY"
"""Environment variable that names the library directory."""

MODELS_VARIABLE = "IMGSEARCH_MODELS"
"""Environment variable that names the directory of the models."""

_APPLICATION = "imgsearch-desktop"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Every place the program writes to.

    Attributes:
        library: catalogue, thumbnails and user data; worth a backup.
        cache: whatever rebuilds itself.
        models: downloaded models, shared by all libraries: too large to be had twice, too dear to lie in a
            cache that a system may empty.
        logs: log files and crash reports.
        settings_file: what the user has set.
        chosen: the library was named (option or environment) instead of the user's own; then everything but
            the models, settings and logs included, lies below it.
    """

    library: Path
    cache: Path
    models: Path
    logs: Path
    settings_file: Path
    chosen: bool


def app_paths(library: str | os.PathLike[str] | None = None) -> AppPaths:
    """Say where things lie; creates nothing.

    Args:
        library: the library directory; None takes the one `IMGSEARCH_LIBRARY` names, else the user's own.
    """
    from platformdirs import PlatformDirs

    places = PlatformDirs(_APPLICATION, appauthor=False)
    named_models = os.environ.get(MODELS_VARIABLE)
    models = Path(named_models).expanduser().absolute() if named_models else places.user_data_path / "models"
    named = library or os.environ.get(LIBRARY_VARIABLE) or None
    if named is not None:
        directory = Path(named).expanduser().absolute()
        cache = directory / "cache"
        return AppPaths(directory, cache, models, cache / "log", directory / "settings.json", chosen=True)
    return AppPaths(
        library=places.user_data_path / "library",
        cache=places.user_cache_path,
        models=models,
        logs=places.user_log_path,
        settings_file=places.user_config_path / "settings.json",
        chosen=False,
    )
