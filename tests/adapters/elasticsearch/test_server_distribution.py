"""The server's files are fetched once, are the ones agreed on, and the want of Maven is told in one line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.elasticsearch import distribution
from tests.support.fake_system import FakeSystem

MAVEN = "packaging/elasticsearch/maven.sh"


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(distribution, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    system = FakeSystem(tmp_path)
    system.add("id", "echo 1000")
    system.add("dirname", 'echo "${1%/*}"')
    monkeypatch.setenv("PATH", str(system.programs))
    return system


def test_what_was_fetched_once_is_taken(elasticsearch_distribution: Path, path: FakeSystem) -> None:
    assert distribution.provide_distribution() == elasticsearch_distribution
    assert path.asked == []


def test_without_maven_and_without_rights_one_line_says_what_to_type(
    path: FakeSystem, empty_cache: Path
) -> None:
    path.add("apt-get", "exit 1")
    with pytest.raises(distribution.MavenMissingError) as missing:
        distribution.provide_distribution()
    (line,) = str(missing.value).splitlines()
    assert line.endswith("sudo apt-get install --yes --no-install-recommends maven")
    assert sorted(entry.name for entry in empty_cache.iterdir()) == ["building.lock"]


def test_apt_brings_maven_where_it_is_missing(path: FakeSystem) -> None:
    path.add("id", "echo 0")
    path.add("apt-get", "exit 0")
    assert subprocess.run(["sh", MAVEN], cwd=distribution.ROOT, check=False).returncode == 0
    assert path.asked[-1] == "apt-get install --yes --no-install-recommends maven"


def test_a_download_that_fails_is_no_reason_to_skip(path: FakeSystem, empty_cache: Path) -> None:
    path.add("mvn", "echo Could not transfer artifact; exit 1")
    with pytest.raises(RuntimeError, match="Could not transfer artifact"):
        distribution.provide_distribution()


def test_another_jar_than_agreed_on_is_refused(path: FakeSystem, empty_cache: Path) -> None:
    path.add(
        "mvn",
        'for last; do :; done; d=${last#-DoutputDirectory=}; /bin/mkdir "$d"; echo x > "$d/joni-2.1.29.jar"',
    )
    with pytest.raises(RuntimeError, match=r"jars\.sha256.* joni-2\.1\.29\.jar"):
        distribution.provide_distribution()
    assert not list(empty_cache.glob("server-*"))
