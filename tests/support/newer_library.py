"""A library that this version of the program refuses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue


def write_catalogue_of_a_newer_version(library: Path) -> None:
    """Make an empty library as a later version of the program would leave it."""
    SqliteCatalogue(library).close()
    with closing(sqlite3.connect(library / "catalogue.sqlite")) as catalogue:
        catalogue.execute("PRAGMA user_version = 9999")
