from __future__ import annotations

import time
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.download.hub import PIECE
from imgsearch_desktop.adapters.models.download.hub_download import HubDownload
from imgsearch_desktop.adapters.models.store.manifest import read_manifest
from imgsearch_desktop.application.ports import ModelState
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import Cancelled, DiskFullError, ModelError
from tests.adapters.models.download.conftest import Fetching
from tests.support.model_hub import COMMIT, ModelHub, Trouble, serving_proxy
from tests.support.stored_models import BAD, CLIP, TEXTUAL, VISUAL, damage, repos, store_in, unwatched

MODEL = "visual/onnx/model.onnx"


def test_a_model_comes_whole_for_this_processor_and_nothing_else(hub: ModelHub, fetching: Fetching) -> None:
    stored = fetching()
    assert stored.state is ModelState.READY
    contents = repos()
    assert fetching.content(MODEL) == contents[VISUAL]["onnx/model.onnx"]
    assert fetching.content("textual/onnx/avx2.onnx") == contents[TEXTUAL]["onnx/avx2.onnx"]
    files = {
        path.relative_to(fetching.root / CLIP).as_posix()
        for path in (fetching.root / CLIP).rglob("*")
        if path.is_file()
    }
    assert files == {
        MODEL,
        "visual/config.json",
        "textual/onnx/avx2.onnx",
        "textual/tokenizer.json",
        "model.json",
    }
    assert not any(asked.authorization for asked in hub.asked), "nobody is logged in"


def test_revision_size_and_hash_are_pinned(hub: ModelHub, fetching: Fetching) -> None:
    fetching()
    manifest = read_manifest(fetching.root / CLIP)
    assert manifest is not None
    assert manifest.revisions == {VISUAL: COMMIT, TEXTUAL: COMMIT}
    assert all(len(file.sha256) == 64 for file in manifest.files)
    assert all(COMMIT in asked.path for asked in hub.asked if not asked.path.startswith("/api"))


def test_progress_is_counted_in_bytes(hub: ModelHub, fetching: Fetching) -> None:
    hub.bytes_per_s = 1_500_000
    fetching()
    assert list(dict.fromkeys(told.phase for told in fetching.told)) == [
        "connecting",
        "downloading",
        "checking",
    ]
    done = [told.done for told in fetching.told if told.phase == "downloading"]
    total = 450_000 + len(b"{}") + len(b'{"tokens": []}')
    assert done == sorted(done)
    assert any(0 < one < total for one in done)
    assert {told.total for told in fetching.told if told.phase == "downloading"} == {total}


def test_a_cut_connection_is_taken_up_where_it_ended(hub: ModelHub, fetching: Fetching) -> None:
    hub.troubles["model.onnx"] = Trouble(cut_after=PIECE, times=2)
    assert fetching().usable
    ranges = [asked.range for asked in hub.contents_asked("stored/" + COMMIT + "/onnx/model.onnx")]
    assert ranges == [None, f"bytes={PIECE}-", f"bytes={2 * PIECE}-"]


def test_a_connection_that_stays_cut_is_told_and_the_next_call_goes_on(
    hub: ModelHub, fetching: Fetching
) -> None:
    hub.troubles["model.onnx"] = Trouble(cut_after=PIECE, times=1)
    hub.troubles["onnx/model.onnx"] = Trouble(cut_after=0)
    with pytest.raises(ModelError, match=r"the connection broke .* What has come so far is kept"):
        fetching()
    stored = fetching.store.model(CLIP)
    assert stored.state is ModelState.PARTIAL
    assert stored.bytes_here >= PIECE
    with pytest.raises(ModelError, match="not complete yet"):
        fetching.store.open(CLIP)

    hub.troubles.clear()
    hub.asked.clear()
    assert fetching().usable
    assert hub.contents_asked("stored/" + COMMIT + "/onnx/model.onnx")[0].range == f"bytes={PIECE}-"
    assert not [asked for asked in hub.asked if asked.path.startswith("/api")], "of the same revision"


def test_a_server_that_knows_no_ranges_sends_all_again(hub: ModelHub, fetching: Fetching) -> None:
    hub.ranges = False
    hub.troubles["model.onnx"] = Trouble(cut_after=PIECE, times=1)
    assert fetching().usable
    assert fetching.content(MODEL) == repos()[VISUAL]["onnx/model.onnx"]


@pytest.mark.parametrize("name", ["onnx/model.onnx", "tokenizer.json"], ids=["large", "small"])
def test_content_with_another_checksum_is_fetched_again_once(
    hub: ModelHub, fetching: Fetching, name: str
) -> None:
    hub.troubles[name] = Trouble(wrong=True, times=1)
    assert fetching().usable
    assert fetching.content(MODEL) == repos()[VISUAL]["onnx/model.onnx"]


@pytest.mark.parametrize("name", ["onnx/model.onnx", "tokenizer.json"], ids=["large", "small"])
def test_content_with_another_checksum_is_never_used(hub: ModelHub, fetching: Fetching, name: str) -> None:
    hub.troubles[name] = Trouble(wrong=True)
    with pytest.raises(ModelError, match=f"{name} is not what 127.0.0.1:.* announced"):
        fetching()
    assert not fetching.store.model(CLIP).usable
    assert fetching.judge.tried == 0


def test_a_file_that_is_not_there_is_named(hub: ModelHub, fetching: Fetching) -> None:
    del hub.repos[TEXTUAL]["tokenizer.json"]
    with pytest.raises(ModelError, match=r"no file tokenizer.json in maker/words"):
        fetching()


def test_a_file_that_the_model_can_do_without_may_be_missing(hub: ModelHub, fetching: Fetching) -> None:
    del hub.repos[VISUAL]["config.json"]
    assert fetching().usable


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "does not have these files, or not for everybody .answer 404"),
        (403, "does not have these files, or not for everybody .answer 403"),
        (429, "has too much to do and asks to wait.* Go on in 30 seconds"),
        (503, "has a problem of its own .answer 503"),
    ],
)
def test_what_the_hub_refuses_is_said_in_words(
    hub: ModelHub, fetching: Fetching, status: int, words: str
) -> None:
    hub.troubles[f"/api/models/{VISUAL}"] = Trouble(status, {"Retry-After": "30"})
    with pytest.raises(ModelError, match=words):
        fetching()


def test_a_file_that_vanishes_meanwhile_is_asked_for_anew_by_the_next_call(
    hub: ModelHub, fetching: Fetching
) -> None:
    hub.troubles["stored/" + COMMIT + "/onnx/avx2.onnx"] = Trouble(404, {"X-Error-Code": "EntryNotFound"})
    with pytest.raises(ModelError, match="does not have these files"):
        fetching()
    hub.troubles.clear()
    hub.asked.clear()
    assert fetching().usable
    assert [asked for asked in hub.asked if asked.path.startswith("/api")], "they may have moved"
    assert not hub.contents_asked("stored/" + COMMIT + "/onnx/model.onnx"), "what has come is kept"


def test_a_repository_that_is_gone_is_said_in_words(hub: ModelHub, fetching: Fetching) -> None:
    del hub.repos[VISUAL]
    with pytest.raises(ModelError, match="does not have these files"):
        fetching()


def test_a_server_that_asks_to_wait_a_moment_is_waited_for(hub: ModelHub, fetching: Fetching) -> None:
    hub.troubles["onnx/model.onnx"] = Trouble(429, {"Retry-After": "0"}, times=1)
    assert fetching().usable


def test_a_slow_server_is_no_trouble(hub: ModelHub, fetching: Fetching) -> None:
    hub.bytes_per_s = 400_000
    assert fetching().usable


def test_without_a_hub_it_is_said_at_once(
    fetching: Fetching, hub: ModelHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9 cannot be reached.* model in use goes on"):
        fetching()
    assert fetching.store.model(CLIP).state is not ModelState.READY
    assert fetching.store.model(STARTER).usable


def test_offline_by_wish_is_said(hub: ModelHub, fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE is set"):
        fetching()
    assert not hub.asked


def test_a_proxy_is_used(hub: ModelHub, fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    with serving_proxy(hub.address, seen) as proxy:
        monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert fetching().usable
    assert seen[0].startswith("http://hub.invalid/api/models/maker/pictures")


def test_a_full_disk_is_found_before_the_first_byte(hub: ModelHub, fetching: Fetching) -> None:
    download = HubDownload(fetching.store, free=lambda _: 1_000_000)
    with pytest.raises(DiskFullError, match=r"needs 68 MB more.* has 1 MB left"):
        download.fetch(CLIP, *unwatched())
    assert not [asked for asked in hub.asked if not asked.path.startswith("/api")]


def test_a_model_that_understands_nothing_is_not_used(hub: ModelHub, fetching: Fetching) -> None:
    fetching.judge.report = BAD
    stored = fetching()
    assert stored.state is ModelState.REFUSED
    with pytest.raises(ModelError, match=r"is not used: its pictures and words do not match.*de 1 of 12"):
        fetching.store.open(CLIP)


def test_a_model_that_is_here_is_not_fetched_again(hub: ModelHub, fetching: Fetching) -> None:
    fetching()
    hub.asked.clear()
    assert fetching().usable
    assert not hub.asked


def test_of_a_damaged_model_only_the_damaged_file_comes_again(hub: ModelHub, fetching: Fetching) -> None:
    fetching()
    damage(fetching.root / CLIP / MODEL)
    assert fetching.store.verify(CLIP, *unwatched()).state is ModelState.DAMAGED
    hub.asked.clear()
    assert fetching().usable
    assert fetching.content(MODEL) == repos()[VISUAL]["onnx/model.onnx"]
    assert {asked.path.split("/", 5)[-1] for asked in hub.contents_asked("") if "stored" in asked.path} == {
        "onnx/model.onnx"
    }


def test_the_starter_is_not_fetched(hub: ModelHub, fetching: Fetching) -> None:
    with pytest.raises(ModelError, match="not one that can be downloaded"):
        HubDownload(fetching.store).fetch(STARTER, *unwatched())


def test_a_place_that_cannot_be_written_is_said(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=r"cannot be written .* IMGSEARCH_MODELS"):
        HubDownload(store_in(tmp_path / "file" / "models")).fetch(CLIP, *unwatched())


def test_cancelled_before_it_begins_asks_nobody(hub: ModelHub, fetching: Fetching) -> None:
    fetching.control.cancel()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        fetching()
    assert time.monotonic() - started < 60
    assert not hub.asked
