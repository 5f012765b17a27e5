"""Better search in the window: offered once, fetched when agreed to, learned meanwhile, then used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.application.ports import ModelState
from imgsearch_desktop.domain.embedding import Calibration, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.library import ModelChoice
from tests.support.fake_models import entry_of
from tests.support.fakes import SPEC
from tests.support.pictures import write_picture
from tests.support.real_library import RealLibrary
from tests.support.small_models.folders import recipe_pair, small_entry
from tests.support.two_models import BETTER, WordlessModel
from tests.ui.window.conftest import Opened, Outside

PHOTOS = 12


@pytest.fixture
def better(library: RealLibrary) -> WordlessModel:
    """A better model that can be fetched."""
    model = WordlessModel(BETTER)
    library.store.add(entry_of(BETTER.model_id, "Better", recommended=True), ModelState.ABSENT, model)
    return model


@pytest.fixture
def offered(library: RealLibrary, better: WordlessModel, photos: Path, open_window, qtbot) -> Opened:
    """A window that has just indexed its first folder."""
    made: Opened = open_window(library)
    assert not made.window.offer.isVisible()
    made.presenter.library.add_folders([bytes(photos)])
    qtbot.waitUntil(made.window.offer.isVisible, timeout=20_000)
    return made


def take(made: Opened) -> None:
    """Press the button beside the sentence."""
    made.window.offer.action.click()


def waits_for(made: Opened, words: str, qtbot) -> None:
    qtbot.waitUntil(lambda: words in made.window.offer.label.text(), timeout=20_000)


def test_better_search_is_offered_once_after_the_first_folder(offered: Opened, open_window, qtbot) -> None:
    text = offered.window.offer.label.text()
    assert "Better" in text
    assert "224 MB" in text
    offered.window.offer.cross.click()
    qtbot.waitUntil(lambda: any(s.window.better_search_offered for s in offered.outside.saved))
    offered.presenter.library.rescan()
    qtbot.waitUntil(lambda: not offered.presenter.library.job.active, timeout=20_000)
    looked = offered.presenter.models
    with qtbot.waitSignal(looked.looked):
        looked.start()
    assert not offered.window.offer.isVisible()


def test_from_the_offer_to_the_better_model_in_three_steps(
    offered: Opened, better: WordlessModel, qtbot
) -> None:
    library = offered.library
    take(offered)
    assert "MIT" in offered.window.offer.label.text()
    assert "https://example.org/licence" in offered.window.offer.label.text()
    assert library.store.model(BETTER.model_id).state is ModelState.ABSENT
    take(offered)
    waits_for(offered, "Better searches now", qtbot)
    assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)
    assert better.encoded == PHOTOS
    qtbot.waitUntil(lambda: offered.window.status.model.text() == "Better")
    qtbot.keyClicks(offered.window.top.field.line, "rex")
    qtbot.waitUntil(lambda: better.texts[-1:] == ["rex"])
    qtbot.waitUntil(lambda: not offered.window.status.bar.isVisible())


def test_without_a_connection_that_is_said_and_can_be_tried_again(offered: Opened, qtbot) -> None:
    store = offered.library.store
    store.trouble = ModelError("huggingface.co cannot be reached. Connect to the internet and try again.")
    take(offered)
    take(offered)
    waits_for(offered, "cannot be reached", qtbot)
    qtbot.waitUntil(lambda: len(offered.names) == PHOTOS)
    store.trouble = None
    take(offered)
    waits_for(offered, "Better searches now", qtbot)


def test_fetching_is_shown_and_can_be_stopped(offered: Opened, qtbot) -> None:
    store = offered.library.store
    store.go.clear()
    take(offered)
    take(offered)
    status = offered.window.status
    qtbot.waitUntil(lambda: status.phase.text() == "Fetching the model, MB 56 / 224")
    status.pause.click()
    assert status.rate.text() == "paused"
    status.pause.click()
    status.cancel.click()
    waits_for(offered, "What has come is kept", qtbot)
    assert not status.bar.isVisible()
    store.go.set()
    take(offered)
    waits_for(offered, "Better searches now", qtbot)


def test_it_can_be_used_before_it_knows_every_photo(offered: Opened, better: WordlessModel, qtbot) -> None:
    better.delay_s = 0.15
    take(offered)
    take(offered)
    waits_for(offered, "% of photos so far", qtbot)
    assert offered.library.catalogue.model_choice().active is None
    qtbot.waitUntil(lambda: offered.library.catalogue.searchable(BETTER.model_id) > 0, timeout=20_000)
    take(offered)
    with qtbot.waitSignal(offered.presenter.models.switched, timeout=20_000):
        pass
    assert offered.library.catalogue.model_choice().active == BETTER.model_id
    waits_for(offered, "Better searches now", qtbot)
    assert better.encoded == PHOTOS


def test_what_was_dismissed_does_not_come_back_while_the_model_learns(
    offered: Opened, better: WordlessModel, qtbot
) -> None:
    better.delay_s = 0.1
    take(offered)
    take(offered)
    waits_for(offered, "% of photos so far", qtbot)
    offered.window.offer.cross.click()
    seen: list[bool] = []
    offered.presenter.models.told_progress.connect(lambda: seen.append(offered.window.offer.isVisible()))
    waits_for(offered, "Better searches now", qtbot)
    assert seen
    assert not any(seen)


def test_stopped_in_the_status_bar_the_present_model_stays(
    offered: Opened, better: WordlessModel, qtbot
) -> None:
    better.delay_s = 0.15
    take(offered)
    take(offered)
    qtbot.waitUntil(lambda: "The new model learns" in offered.window.status.phase.text(), timeout=20_000)
    offered.window.status.cancel.click()
    waits_for(offered, "The present model goes on searching", qtbot)
    assert offered.library.catalogue.model_choice() == ModelChoice(None, None)
    better.delay_s = 0
    take(offered)
    waits_for(offered, "Better searches now", qtbot)


def test_stopped_after_an_early_switch_the_rest_is_learned_later(
    offered: Opened, better: WordlessModel, qtbot
) -> None:
    better.delay_s = 0.15
    take(offered)
    take(offered)
    waits_for(offered, "% of photos so far", qtbot)
    catalogue = offered.library.catalogue
    qtbot.waitUntil(lambda: catalogue.searchable(BETTER.model_id) > 0, timeout=20_000)
    with qtbot.waitSignal(offered.presenter.models.switched, timeout=20_000):
        take(offered)
    qtbot.waitUntil(lambda: "The new model learns" in offered.window.status.phase.text(), timeout=20_000)
    offered.window.status.cancel.click()
    waits_for(offered, "searches find the photos that the model knows so far", qtbot)
    assert catalogue.model_choice() == ModelChoice(BETTER.model_id, BETTER.model_id)
    better.delay_s = 0
    take(offered)
    waits_for(offered, "Better searches now", qtbot)
    assert catalogue.searchable(BETTER.model_id) == PHOTOS


def test_a_folder_that_is_added_meanwhile_comes_first_and_is_learned_too(
    offered: Opened, better: WordlessModel, tmp_path: Path, qtbot
) -> None:
    write_picture(tmp_path / "more" / "cat.jpg", seed=77, width=60, height=40)
    better.delay_s = 0.1
    take(offered)
    take(offered)
    qtbot.waitUntil(lambda: "The new model learns" in offered.window.status.phase.text(), timeout=20_000)
    offered.presenter.library.add_folders([bytes(tmp_path / "more")])
    waits_for(offered, "Better searches now", qtbot)
    assert offered.library.catalogue.searchable(BETTER.model_id) == PHOTOS + 1
    assert better.encoded == PHOTOS + 1


def test_the_next_start_goes_on_with_the_model_that_was_chosen(
    library: RealLibrary, better: WordlessModel, photos: Path, open_window, qtbot
) -> None:
    library.run(photos)
    library.store.add(entry_of(BETTER.model_id, "Better", recommended=True), ModelState.READY, better)
    library.catalogue.write(lambda writer: writer.choose_model(ModelChoice(None, BETTER.model_id)))
    made = open_window(library)
    waits_for(made, "Better searches now", qtbot)
    assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)


def test_words_beyond_the_starter_carry_the_offer(
    library: RealLibrary, better: WordlessModel, photos: Path, open_window, qtbot
) -> None:
    library.model.spec = replace(SPEC, calibration=Calibration({"beyond_reach": 0.5}))
    library.model.reach = 0.1
    library.run(photos)
    outside = Outside()
    window = replace(outside.settings.window, better_search_offered=True)
    outside.settings = replace(outside.settings, window=window)
    made = open_window(library, outside=outside)
    qtbot.waitUntil(lambda: made.presenter.models.better_is_to_be_had)
    qtbot.keyClicks(made.window.top.field.line, "my aunt")
    qtbot.waitUntil(made.window.notice.action.isVisible)
    assert made.window.notice.label.text() == "It knows nothing."
    assert made.window.notice.action.text() == "Better search does (224 MB)"
    made.window.notice.action.click()
    assert "MIT" in made.window.offer.label.text()


def test_better_search_is_offered_in_one_place_only(offered: Opened, qtbot) -> None:
    offered.library.model.spec = replace(SPEC, calibration=Calibration({"beyond_reach": 0.5}))
    offered.library.model.reach = 0.1
    qtbot.keyClicks(offered.window.top.field.line, "my aunt")
    qtbot.waitUntil(offered.window.notice.action.isVisible)
    assert not offered.window.offer.isVisible()
    take_it = offered.window.notice.action
    take_it.click()
    waits_for(offered, "MIT", qtbot)
    offered.presenter.browser.beyond_model.emit()
    assert "MIT" in offered.window.offer.label.text(), "what was asked for stays"


def test_a_model_that_failed_its_check_is_not_used_and_says_why(
    offered: Opened, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    store = offered.library.store

    def refused(model_id, control, report):
        return replace(
            store.model(model_id), state=ModelState.REFUSED, reason="Its pictures do not match its words."
        )

    monkeypatch.setattr(store, "fetch", refused)
    take(offered)
    take(offered)
    waits_for(offered, "Its pictures do not match its words.", qtbot)
    assert offered.library.catalogue.model_choice() == ModelChoice(None, None)


def test_real_towers_learn_and_search_in_the_window(
    library: RealLibrary, photos: Path, tmp_path: Path, open_window, qtbot
) -> None:
    """ONNX towers with random weights that are here already: nothing is fetched, no licence asked."""
    model = OnnxClipModel(recipe_pair(tmp_path / "pair"), small_entry("small"))
    entry = entry_of(ModelId("small"), "Small towers", recommended=True)
    library.store.add(entry, ModelState.READY, model)
    library.run(photos)
    made: Opened = open_window(library)
    qtbot.waitUntil(made.window.offer.isVisible, timeout=20_000)
    take(made)
    waits_for(made, "small searches now", qtbot)
    qtbot.waitUntil(lambda: "small" in made.window.status.model.text())
    qtbot.keyClicks(made.window.top.field.line, "zebra")
    qtbot.waitUntil(lambda: made.presenter.browser.shown.asked.text == "zebra", timeout=20_000)
    assert made.presenter.browser.shown.total + made.presenter.browser.shown.weak_total == PHOTOS
