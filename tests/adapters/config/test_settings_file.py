from __future__ import annotations

import json
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.config.schema import SettingsModel
from imgsearch_desktop.adapters.config.settings_file import VERSION, SettingsFile
from imgsearch_desktop.application.settings import EngineSettings, IndexingSettings, Settings, WindowSettings
from imgsearch_desktop.domain.errors import KnownError

CHANGED = Settings(
    indexing=IndexingSettings(
        workers=3,
        encode_batch=4,
        file_deadline_s=5.5,
        worker_memory_mb=512,
        thumbnail_side=256,
        exclude=("*.bak", "ä"),
    ),
    engine=EngineSettings(
        engine="elasticsearch",
        elasticsearch_url="http://127.0.0.1:9200",
        cloud_id="home:abc",
        user="ann",
        ca_certificate="/etc/ca.pem",
        fingerprint="ab" * 32,
        shards=3,
        replicas=1,
    ),
    window=WindowSettings(theme="dark", language="de", tile_size=99, tile_fill=True, cache_mb=64),
)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "folder" / "settings.json")


def test_no_file_means_the_defaults(file: SettingsFile) -> None:
    loaded = file.load()
    assert loaded.settings == Settings()
    assert loaded.notice is None
    assert not file.path.exists()


def test_the_schema_has_the_defaults_of_the_application() -> None:
    assert SettingsModel().settings() == Settings()


def test_everything_that_can_be_set_comes_back(file: SettingsFile) -> None:
    file.save(CHANGED)
    assert file.load().settings == CHANGED
    assert [entry.name for entry in file.path.parent.iterdir()] == ["settings.json"]


def test_unknown_keys_stay(file: SettingsFile) -> None:
    file.save(Settings())
    content = json.loads(file.path.read_text())
    content["later"] = [1]
    content["window"]["sparkle"] = True
    file.path.write_text(json.dumps(content))
    assert file.load().notice is None
    file.save(CHANGED)
    after = json.loads(file.path.read_text())
    assert after["later"] == [1]
    assert after["window"]["sparkle"] is True
    assert after["window"]["theme"] == "dark"
    assert after["version"] == VERSION


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "line 1"),
        ("[]", "does not hold settings"),
        ('{"window": {"theme": "pink"}}', "window.theme"),
        ('{"indexing": {"workers": "many"}}', "indexing.workers"),
        ('{"indexing": {"workers": 0}}', "indexing.workers"),
        ('{"engine": 3}', "engine"),
        ("\0", "line 1"),
    ],
)
def test_a_broken_file_is_set_aside_and_named(file: SettingsFile, text: str, named: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(text)
    loaded = file.load()
    assert loaded.settings == Settings()
    assert named in (loaded.notice or "")
    (aside,) = file.path.parent.iterdir()
    assert aside.name in (loaded.notice or "")
    assert aside.read_text() == text
    assert file.load().notice is None, "told once"


def test_a_file_that_is_no_text_is_set_aside(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(b"\xff\xfe\xff")
    assert "not text" in (file.load().notice or "")


def test_a_directory_in_its_place_is_told(file: SettingsFile) -> None:
    file.path.mkdir(parents=True)
    assert "directory" in (file.load().notice or "").lower()


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KnownError, match="could not be saved"):
        SettingsFile(tmp_path / "file" / "settings.json").save(Settings())


def test_a_failed_write_leaves_the_old_file(file: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.save(CHANGED)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KnownError, match="No space left"):
        file.save(Settings())
    assert file.load().settings == CHANGED
    assert len(list(file.path.parent.iterdir())) == 1
