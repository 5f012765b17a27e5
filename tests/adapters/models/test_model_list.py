"""The list of models that comes with the program."""

from __future__ import annotations

import pytest

from imgsearch_desktop.adapters.models.self_check.drawings import NAMES
from imgsearch_desktop.adapters.models.starter.model import SPEC
from imgsearch_desktop.adapters.models.store.model_list_file import read_model_list
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.model_list import CpuKind, ModelEntry
from imgsearch_desktop.runtime.resources import resource

ENTRIES = read_model_list(resource("models.toml"))
TO_BE_HAD = [entry for entry in ENTRIES if entry.model_id != STARTER]


def test_the_starter_comes_first_and_one_model_is_recommended() -> None:
    starter = ENTRIES[0]
    assert (starter.model_id, starter.name, starter.dims, starter.licence) == (
        SPEC.model_id,
        SPEC.name,
        SPEC.dims,
        SPEC.licence,
    )
    assert not starter.downloadable
    assert [entry.model_id for entry in ENTRIES if entry.recommended] == ["clip-vit-b-32-multilingual"]
    assert len({entry.model_id for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", TO_BE_HAD, ids=lambda entry: entry.model_id)
def test_each_says_what_a_user_wants_to_know_before_a_download(entry: ModelEntry) -> None:
    assert entry.name
    assert entry.summary.endswith(".")
    assert entry.licence
    assert entry.licence_urls
    assert all(url.startswith("https://") for url in entry.licence_urls)
    assert min(entry.dims, entry.download_mb, entry.disk_mb, entry.memory_mb) > 0
    assert entry.download_mb <= entry.disk_mb <= entry.memory_mb
    assert set(NAMES) <= set(entry.languages), "the self-check holds it to these"


@pytest.mark.parametrize("entry", TO_BE_HAD, ids=lambda entry: entry.model_id)
@pytest.mark.parametrize("cpu", list(CpuKind))
def test_each_has_both_towers_for_every_processor(entry: ModelEntry, cpu: CpuKind) -> None:
    paths = [
        f"{tower.part}/{file.path}".lstrip("/") for tower in entry.towers for file in tower.files_for(cpu)
    ]
    graphs = sorted(path for path in paths if path.endswith(".onnx"))
    assert [path.partition("/")[0] for path in graphs] == ["textual", "visual"]
    assert any(path.endswith("tokenizer.json") for path in paths)
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("entry", TO_BE_HAD, ids=lambda entry: entry.model_id)
def test_no_hash_stands_there_without_its_revision(entry: ModelEntry) -> None:
    for tower in entry.towers:
        pinned = [file for file in tower.files if file.sha256 or file.size]
        assert not pinned or (tower.revision is not None and len(tower.revision) == 40)
        assert all(file.sha256 is not None and len(file.sha256) == 64 for file in pinned)


def test_licences_allow_everybody_to_use_what_is_offered() -> None:
    for entry in ENTRIES:
        assert set(entry.licence.split(" and ")) <= {"MIT", "Apache-2.0"}
