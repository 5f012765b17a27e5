"""What one run of a command line shares: options valid everywhere, the screen, the log, the core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_desktop.cli.screen import Screen
from imgsearch_desktop.runtime.paths import AppPaths, app_paths

if TYPE_CHECKING:
    from imgsearch_desktop.bootstrap.core import Core
    from imgsearch_desktop.runtime.log import LogFile


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Options that every command takes, before or after its name; None where not given."""

    json: bool = False
    library: str | None = None
    engine: str | None = None
    elasticsearch_url: str | None = None

    def over(self, earlier: Everywhere) -> Everywhere:
        """These options, and the earlier ones where these are silent."""
        return Everywhere(
            json=self.json or earlier.json,
            library=self.library if self.library is not None else earlier.library,
            engine=self.engine if self.engine is not None else earlier.engine,
            elasticsearch_url=(
                self.elasticsearch_url if self.elasticsearch_url is not None else earlier.elasticsearch_url
            ),
        )


class Session:
    """One run; closed by whoever made it."""

    def __init__(self) -> None:
        self.everywhere = Everywhere()
        self.screen = Screen()
        self._log: LogFile | None = None
        self._core: Core | None = None

    def take(self, everywhere: Everywhere) -> None:
        """Note options that were given at one more place of the command line."""
        self.everywhere = everywhere.over(self.everywhere)
        self.screen.json = self.everywhere.json

    @property
    def paths(self) -> AppPaths:
        """Where the library chosen by the options lies."""
        return app_paths(self.everywhere.library)

    def open_core(self, *, tell_model: bool = True) -> Core:
        """Build the core for the options given, once; the log is open from here on.

        Args:
            tell_model: say so on stderr when loading the model takes long.

        Raises:
            KnownError: the library, a setting or the engine cannot be used.
        """
        if self._core is None:
            from imgsearch_desktop.bootstrap.core import build_core
            from imgsearch_desktop.cli.told_model import ToldModel
            from imgsearch_desktop.runtime.log import LogFile

            self._log = LogFile(self.paths.logs)
            self._log.open()
            self._core = build_core(self.paths, self.everywhere.engine, self.everywhere.elasticsearch_url)
            if tell_model:
                note = self.screen.note
                self._core.models.wrap(lambda model: ToldModel(model, note))
            for notice in self._core.notices:
                self.screen.note(notice)
        return self._core

    def close(self) -> None:
        """Close what was opened."""
        if self._core is not None:
            self._core.close()
            self._core = None
        if self._log is not None:
            self._log.close()
            self._log = None
