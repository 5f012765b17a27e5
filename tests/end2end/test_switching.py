"""Switching models on real databases and a real engine: no outage, nothing paid twice, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.application.encode_reading import NO_PICTURE
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import Cancelled, ModelError
from imgsearch_desktop.domain.library import ModelChoice
from tests.support.two_models import BETTER, OTHER_WORDS, STARTER_SPEC, TwoModels, disk_with, two_models

PHOTOS = 30
FIGURES = {
    "words_floor",
    "words_null",
    "words_drop",
    "words_end",
    "words_small",
    "less_allowance",
    "pictures_floor",
    "pictures_null",
    "mixed_floor",
    "mixed_null",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TwoModels]:
    with two_models(tmp_path, disk_with(PHOTOS)) as made:
        made.run_index(b"/photos")
        yield made


def encode_some(library: TwoModels, photos: int) -> None:
    """Run the job until so many photos are encoded for the other model, then stop it."""
    control = TaskControl()

    library.better.after, library.better.meanwhile = photos, control.cancel
    with pytest.raises(Cancelled):
        library.prepare(control)
    assert photos <= library.known(BETTER.model_id) < PHOTOS


def test_the_chosen_model_searches_once_it_has_seen_every_photo(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    assert library.search().model_id == STARTER_SPEC.model_id
    report = library.prepare()
    assert (report.model_id, report.encoded, report.failed) == (BETTER.model_id, PHOTOS, 0)
    page = library.search()
    assert (page.model_id, len(page.hits)) == (BETTER.model_id, PHOTOS)
    assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)


def test_search_goes_on_with_the_present_model_while_the_other_one_learns(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    models: list[tuple[ModelId, int]] = []

    def search_meanwhile(progress: Progress) -> None:
        if library.catalogue.model_choice().active is None:
            page = library.search()
            models.append((page.model_id, len(page.hits)))

    library.prepare(report=search_meanwhile)
    assert set(models) == {(STARTER_SPEC.model_id, PHOTOS)}


def test_a_search_keeps_its_model_when_the_switch_comes_in_between(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    begun, switched = threading.Event(), threading.Event()

    class Held:
        """Fulfils `Model`: its words take until the switch is done."""

        spec = library.starter.spec
        image_encoder = library.starter.image_encoder

        @property
        def text_encoder(self) -> object:
            begun.set()
            assert switched.wait(10)
            return library.starter.text_encoder

    library.models.wrap(lambda model: Held() if model is library.starter else model)  # type: ignore[arg-type,return-value]
    pages = []
    searching = threading.Thread(target=lambda: pages.append(library.search()))
    searching.start()
    assert begun.wait(10)
    library.prepare()
    switched.set()
    searching.join(10)
    assert [(page.model_id, len(page.hits)) for page in pages] == [(STARTER_SPEC.model_id, PHOTOS)]
    assert library.search().model_id == BETTER.model_id


def test_a_job_that_was_stopped_goes_on_and_pays_for_no_photo_twice(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    encode_some(library, 8)
    assert library.catalogue.model_choice() == ModelChoice(None, BETTER.model_id)
    library.prepare()
    assert library.better.encoded == PHOTOS


def test_photos_that_come_while_the_job_is_stopped_are_searched_at_once_and_learned_later(
    library: TwoModels,
) -> None:
    library.switch.choose(BETTER.model_id)
    encode_some(library, 8)
    library.disk.put(b"/photos/new.jpg", "a new picture", mtime=1000)
    library.run_index(b"/photos")
    assert len(library.search().hits) == PHOTOS + 1
    assert library.prepare().model_id == BETTER.model_id
    assert len(library.search().hits) == PHOTOS + 1


def test_after_an_early_switch_the_share_is_said_until_all_is_known(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    encode_some(library, 8)
    library.switch.switch_early(TaskControl(), lambda _: None)
    known = library.known(BETTER.model_id)
    assert library.switch.state().percent == known * 100 // PHOTOS
    page = library.search()
    assert (page.model_id, len(page.hits)) == (BETTER.model_id, known)
    assert page.notice is not None
    assert f"{known * 100 // PHOTOS} % of the photos so far" in page.notice
    library.prepare()
    page = library.search()
    assert (len(page.hits), "so far" in (page.notice or "")) == (PHOTOS, False)


def test_an_early_switch_measures_the_photos_that_it_knows(
    library: TwoModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("LEAST_PHOTOS", "SAMPLE"):
        monkeypatch.setattr(f"imgsearch_desktop.application.calibrate_model.{limit}", 3)
    library.switch.choose(BETTER.model_id)
    encode_some(library, 3)
    library.switch.switch_early(TaskControl(), lambda _: None)
    stored = library.catalogue.calibration(BETTER.model_id)
    assert stored is not None
    assert stored.photos == library.known(BETTER.model_id)
    assert -0.9 < stored.calibration.parameters["pictures_null"] < 0.9


def test_stopped_after_an_early_switch_the_share_is_said_and_the_rest_is_learned(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    encode_some(library, 8)
    library.switch.switch_early(TaskControl(), lambda _: None)
    library.switch.give_up()
    assert "so far" in (library.search().notice or "")
    library.switch.choose(BETTER.model_id)
    assert library.prepare().failed == 0
    assert len(library.search().hits) == PHOTOS
    assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)


def test_a_model_whose_photos_lack_embeddings_is_completed_by_choosing_it_again(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    encode_some(library, 8)
    library.catalogue.write(lambda writer: writer.choose_model(ModelChoice(BETTER.model_id, None)))
    library.switch.choose(BETTER.model_id)
    library.prepare()
    assert library.known(BETTER.model_id) == PHOTOS
    assert library.catalogue.model_choice() == ModelChoice(BETTER.model_id, None)


def test_nothing_to_search_by_yet_is_no_early_switch(library: TwoModels) -> None:
    with pytest.raises(ModelError, match="No other model was chosen"):
        library.switch.switch_early(TaskControl(), lambda _: None)
    library.switch.choose(BETTER.model_id)
    with pytest.raises(ModelError, match="has not seen any photo yet"):
        library.switch.switch_early(TaskControl(), lambda _: None)
    assert library.search().model_id == STARTER_SPEC.model_id


def test_going_back_encodes_nothing_and_reads_nothing(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    library.disk.put(b"/photos/new.jpg", "a new picture", mtime=1000)
    library.run_index(b"/photos")
    encoded, pools = library.starter.encoded, len(library.pools)
    library.switch.choose(STARTER_SPEC.model_id)
    library.prepare()
    page = library.search()
    assert (page.model_id, len(page.hits)) == (STARTER_SPEC.model_id, PHOTOS + 1)
    assert (library.starter.encoded, len(library.pools)) == (encoded, pools)


def test_the_starter_goes_on_labelling_new_photos_whichever_model_searches(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    library.disk.put(b"/photos/new.jpg", "a new picture", mtime=1000)
    library.run_index(b"/photos")
    [labels] = library.catalogue.labels(5)
    assert (labels.name, labels.photos) == ("thing", PHOTOS + 1)
    assert library.known(STARTER_SPEC.model_id) == library.known(BETTER.model_id) == PHOTOS + 1


def test_a_model_with_other_words_only_encodes_no_photo(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    pools = len(library.pools)
    library.switch.choose(OTHER_WORDS.model_id)
    report = library.prepare()
    assert (report.encoded, library.installed[OTHER_WORDS.model_id].encoded) == (0, 0)
    assert len(library.pools) == pools
    page = library.search()
    assert (page.model_id, len(page.hits)) == (OTHER_WORDS.model_id, PHOTOS)
    assert [held.vectors_id for held in library.catalogue.held_vectors()] == ["fake-1", "better-1"]


def test_photos_that_are_away_are_learned_from_their_thumbnails(library: TwoModels) -> None:
    library.disk.disconnected.add("system")
    library.run_index()
    pools = len(library.pools)
    library.switch.choose(BETTER.model_id)
    report = library.prepare()
    assert (report.encoded, report.failed, len(library.pools)) == (PHOTOS, 0, pools)


def test_a_file_that_shows_another_picture_now_is_not_taken_for_the_photo(library: TwoModels) -> None:
    path = b"/photos/003.jpg"
    photo_id = library.catalogue.photo_at(path)
    assert photo_id is not None
    library.switch.choose(BETTER.model_id)
    encode_some(library, 4)
    library.disk.edit(path, picture="quite another picture")
    library.prepare()
    stored = library.catalogue.embedding(photo_id, BETTER.model_id)
    before = library.examples.read_data(b"picture 3", BETTER.encoder_input, None)
    expected = library.better.encode(before[None]).vectors[0]
    assert stored is not None
    assert float(stored @ expected) > 0.999


def test_what_cannot_be_learned_is_told_kept_and_tried_again(library: TwoModels) -> None:
    broken = b"/photos/005.jpg"
    [photo] = library.catalogue.photos([library.catalogue.photo_at(broken)])  # type: ignore[list-item]
    library.disk.edit(broken, broken="It is damaged.")
    thumbnail = library.thumbnails.stored.pop(photo.uid)
    library.switch.choose(BETTER.model_id)
    report = library.prepare()
    assert (report.failed, report.reasons) == (1, (NO_PICTURE,))
    [failure] = library.catalogue.encode_failures(BETTER.model_id)
    assert (failure.photo_id, failure.reason) == (photo.photo_id, NO_PICTURE)
    assert library.search().model_id == BETTER.model_id
    [listed] = library.failures.all()
    assert (listed.path, listed.reason, library.failures.count()) == (broken, NO_PICTURE, 1)
    assert RetryFailures(library.catalogue, library.failures).mark([broken]) == (b"/photos",)
    library.thumbnails.stored[photo.uid] = thumbnail
    library.switch.choose(STARTER_SPEC.model_id)
    library.prepare()
    assert library.failures.all() == []  # this model sees it
    library.switch.choose(BETTER.model_id)
    assert library.prepare().failed == 0
    assert library.catalogue.encode_failures(BETTER.model_id) == []
    assert library.failures.all() == []


def test_taking_the_choice_back_stops_the_switch_not_the_search(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.better.after, library.better.meanwhile = 8, library.switch.give_up
    report = library.prepare()
    assert report.model_id is None
    assert library.catalogue.model_choice() == ModelChoice(None, None)
    assert library.search().model_id == STARTER_SPEC.model_id


def test_a_model_whose_files_are_gone_is_stood_in_for_and_said(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    del library.installed[BETTER.model_id]
    library.models.wrap(lambda model: model)
    page = library.search()
    assert (page.model_id, len(page.hits)) == (STARTER_SPEC.model_id, PHOTOS)
    assert page.notice is not None
    assert "not installed" in page.notice
    assert "Fake meanwhile" in page.notice
    assert library.switch.state().known == 0
    library.run_index(b"/photos")


def test_a_model_that_is_not_there_cannot_be_chosen(library: TwoModels) -> None:
    with pytest.raises(ModelError, match="not installed"):
        library.switch.choose(ModelId("unheard-of"))
    assert library.catalogue.model_choice() == ModelChoice(None, None)


def test_removing_embeddings_gives_their_room_back(library: TwoModels, tmp_path: Path) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    files = {file.name for file in (tmp_path / "cache").iterdir()}
    assert any("better-1" in name for name in files)
    library.switch.choose(STARTER_SPEC.model_id)
    library.prepare()
    assert library.switch.remove_vectors(BETTER.model_id, TaskControl(), lambda _: None) == PHOTOS
    assert not any("better-1" in file.name for file in (tmp_path / "cache").iterdir())
    [held] = library.catalogue.held_vectors()
    assert (held.vectors_id, held.photos, held.bytes_held) == ("fake-1", PHOTOS, PHOTOS * 16 * 2)
    assert len(library.search().hits) == PHOTOS
    library.switch.choose(BETTER.model_id)
    assert library.prepare().encoded == PHOTOS
    assert len(library.search().hits) == PHOTOS


def test_embeddings_that_are_needed_are_not_removed(library: TwoModels) -> None:
    def refused(vectors_id: ModelId) -> None:
        with pytest.raises(ModelError, match="needs these embeddings"):
            library.switch.remove_vectors(vectors_id, TaskControl(), lambda _: None)

    refused(STARTER_SPEC.model_id)
    library.switch.choose(OTHER_WORDS.model_id)
    refused(BETTER.model_id)
    library.prepare()
    refused(BETTER.model_id)
    refused(STARTER_SPEC.model_id)
    assert len(library.search().hits) == PHOTOS


def test_the_change_log_does_not_wait_for_a_model_that_was_left(library: TwoModels) -> None:
    for model_id in (BETTER.model_id, STARTER_SPEC.model_id):
        library.switch.choose(model_id)
        library.prepare()
    for round_ in range(3):
        library.disk.put(b"/photos/new%d.jpg" % round_, f"new {round_}", mtime=1000 + round_)
        library.run_index(b"/photos")
    assert library.catalogue.changes_since(0, 1000) == []


def test_models_are_calibrated_when_complete_and_as_the_library_grows(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    first = library.catalogue.calibration(BETTER.model_id)
    assert first is not None
    assert first.photos == PHOTOS
    assert library.models.now().spec.calibration.parameters == first.calibration.parameters
    assert library.catalogue.calibration(STARTER_SPEC.model_id) is None
    for number in range(PHOTOS):
        library.disk.put(b"/photos/more%d.jpg" % number, f"more {number}", mtime=2000 + number)
    library.run_index(b"/photos")
    grown = library.catalogue.calibration(BETTER.model_id)
    assert grown is not None
    assert grown.photos == 2 * PHOTOS
    assert set(grown.calibration.parameters) == FIGURES


def test_a_tiny_library_has_no_figures_until_photos_come(tmp_path: Path) -> None:
    with two_models(tmp_path, disk_with(5)) as library:
        library.run_index(b"/photos")
        library.switch.choose(BETTER.model_id)
        library.prepare()
        assert library.catalogue.calibration(BETTER.model_id) is None
        assert library.search().total == 5
        for number in range(20):
            library.disk.put(b"/photos/more%d.jpg" % number, f"more {number}", mtime=2000 + number)
        library.run_index(b"/photos")
        assert library.catalogue.calibration(BETTER.model_id) is not None


def test_a_starter_that_cannot_be_loaded_keeps_no_photo_from_being_indexed(library: TwoModels) -> None:
    library.switch.choose(BETTER.model_id)
    library.prepare()
    library.starter.refuse = ModelError("The starter model is damaged. Install the program again.")
    library.disk.put(b"/photos/new.jpg", "a new picture", mtime=1000)
    report = library.run_index(b"/photos")
    assert report.added == 1
    assert any("no labels yet" in note and "damaged" in note for note in report.notes)
    assert len(library.search().hits) == PHOTOS + 1
    library.starter.refuse = None
    assert not any("labels" in note for note in library.run_index(b"/photos").notes)
    assert library.known(STARTER_SPEC.model_id) == PHOTOS + 1
