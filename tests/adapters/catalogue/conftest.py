"""A catalogue in a directory of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.domain.photo import RootId
from tests.adapters.catalogue.sample import ROOT, VOLUME


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def catalogue(library: Path) -> Iterator[SqliteCatalogue]:
    catalogue = SqliteCatalogue(library)
    yield catalogue
    catalogue.close()


@pytest.fixture
def root_id(catalogue: SqliteCatalogue) -> RootId:
    return catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
