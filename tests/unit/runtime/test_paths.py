from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_desktop.runtime.paths import LIBRARY_VARIABLE, MODELS_VARIABLE, app_paths
from imgsearch_desktop.runtime.resources import resource


def test_a_named_library_keeps_everything_below_itself(tmp_path: Path) -> None:
    paths = app_paths(tmp_path / "lib")
    assert paths.library == tmp_path / "lib"
    assert paths.cache == tmp_path / "lib" / "cache"
    assert paths.chosen
    for place in (paths.cache, paths.logs, paths.settings_file):
        assert place.is_relative_to(paths.library)
    assert not paths.library.exists(), "asking creates nothing"


def test_the_environment_names_the_library_and_the_argument_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, str(tmp_path / "a"))
    assert app_paths().library == tmp_path / "a"
    assert app_paths(tmp_path / "b").library == tmp_path / "b"


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, "")
    assert not app_paths().chosen


def test_a_relative_library_does_not_move_with_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert app_paths("lib").library == tmp_path / "lib"


def test_without_a_name_library_and_cache_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LIBRARY_VARIABLE, raising=False)
    paths = app_paths()
    assert not paths.chosen
    assert not paths.cache.is_relative_to(paths.library)
    assert not paths.library.is_relative_to(paths.cache)


def test_all_libraries_share_their_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    assert app_paths(tmp_path / "a").models == app_paths(tmp_path / "b").models == app_paths().models
    assert not app_paths().models.is_relative_to(app_paths().cache), "a system may empty the cache"
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    assert app_paths(tmp_path / "a").models == app_paths().models == tmp_path / "models"


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no/such\.file"):
        resource("no/such.file")
