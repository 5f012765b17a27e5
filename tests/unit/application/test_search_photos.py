"""Searching over ports in memory: how a query is asked and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.ports import IndexAnswer, IndexPosition, IndexRequest
from imgsearch_desktop.application.search_photos import CANDIDATES, FIRST_ASKED, SearchPhotos
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import Calibration
from imgsearch_desktop.domain.errors import EngineError, PhotoUnreadableError, QueryError
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.keywords import query_tokens
from imgsearch_desktop.domain.photo import DateSource, DateTaken, PhotoId
from imgsearch_desktop.domain.query import FileExample, LibraryExample, PictureExample, Query
from imgsearch_desktop.domain.ranking import compose
from imgsearch_desktop.domain.result import Why
from tests.support.fakes import SPEC, FakeExamples, FakeFile, FakeIndex, FakeLibrary, FakeModel, pixels_of

FIGURES = {
    "words_floor": 0.1, "words_null": -1.0, "words_drop": 0.9, "beyond_reach": 0.2,
    "pictures_floor": 0.9, "pictures_null": -1.0, "pictures_drop": 0.9,
    "mixed_floor": -1.0, "mixed_null": -1.0, "mixed_drop": 0.9,
}  # fmt: skip


@pytest.fixture
def library() -> FakeLibrary:
    """Twelve photos, number n taken in the year 2000 + n."""
    made = FakeLibrary(model=FakeModel(replace(SPEC, calibration=Calibration(FIGURES))))
    for number in range(12):
        folder = b"beach" if number % 2 else b"town"
        made.disk.put(
            b"/photos/%s/holiday_%d.jpg" % (folder, number), f"picture {number}", title=f"nr{number}"
        )
    made.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    for photo in made.catalogue.photos(made.catalogue.present()):
        number = int((photo.metadata.title or "nr0")[2:])
        taken = DateTaken(datetime(2000 + number, 1, 1), None, DateSource.EXIF)
        row = made.catalogue.tables.photos[photo.photo_id]
        dated = replace(row, metadata=replace(row.metadata, date_taken=taken))
        made.catalogue.tables.photos[photo.photo_id] = dated
    return made


def searching(library: FakeLibrary, **other: object) -> SearchPhotos:
    examples = FakeExamples(library.disk)
    models = FixedModel(library.model, SyncEngine(library.catalogue, library.index, library.model.spec))
    return SearchPhotos(library.catalogue, library.index, models, examples, **other)  # type: ignore[arg-type]


def photo(library: FakeLibrary, number: int) -> PhotoId:
    folder = b"beach" if number % 2 else b"town"
    photo_id = library.catalogue.photo_at(b"/photos/%s/holiday_%d.jpg" % (folder, number))
    assert photo_id is not None
    return photo_id


def newest_first(library: FakeLibrary) -> list[PhotoId]:
    return [photo(library, number) for number in range(11, -1, -1)]


def by_cosine(library: FakeLibrary, vector: np.ndarray) -> list[PhotoId]:
    found = library.index.documents.values()
    return [d.photo_id for d in sorted(found, key=lambda d: (-float(d.vectors[0] @ vector), d.photo_id))]


def test_an_empty_query_shows_the_newest_first(library: FakeLibrary) -> None:
    page = searching(library).search(Query(), limit=5)
    assert [hit.photo_id for hit in page.hits] == newest_first(library)[:5]
    assert (page.total, page.weak_total, page.notice) == (12, 0, None)
    assert all(hit.score is None and hit.why == () for hit in page.hits)
    assert library.index.requests == []


def test_an_empty_query_with_filters_shows_what_passes(library: FakeLibrary) -> None:
    root = library.catalogue.roots()[0].root_id
    page = searching(library).search(Query(filters=Filters(folders=(FolderFilter(root, b"beach"),))))
    assert [hit.photo_id for hit in page.hits] == [photo(library, number) for number in (11, 9, 7, 5, 3, 1)]


def test_pages_follow_each_other(library: FakeLibrary) -> None:
    search = searching(library)
    whole = search.search(Query(text="something"), limit=100, weak=True)
    pages = [search.search(Query(text="something"), offset=at, limit=5, weak=True) for at in (0, 5, 10, 15)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert [page.offset for page in pages] == [0, 5, 10, 15]
    assert {(page.total, page.weak_total) for page in pages} == {(whole.total, whole.weak_total)}


def test_words_are_compared_by_vector_and_end_at_the_drop(library: FakeLibrary) -> None:
    page = searching(library).search(Query(text="something"), limit=100)
    vector = library.model.text_encoder.encode(["something"]).vectors[0]
    order = by_cosine(library, vector)
    assert 0 < page.total < 12
    assert [hit.photo_id for hit in page.hits] == order[: page.total]
    assert all(hit.why == (Why.VISUAL,) and hit.score is not None for hit in page.hits)
    assert page.total + page.weak_total == 12
    [request] = library.index.requests
    assert (request.text_only, request.limit, request.tokens) == (True, CANDIDATES, ("something",))


def test_weaker_matches_are_shown_when_wanted(library: FakeLibrary) -> None:
    good = searching(library).search(Query(text="something"), limit=100)
    page = searching(library).search(Query(text="something"), limit=100, weak=True)
    assert page.hits[: good.total] == good.hits
    assert (len(page.hits), page.total, page.weak_total) == (12, good.total, good.weak_total)


def test_a_file_name_finds_its_file(library: FakeLibrary) -> None:
    page = searching(library).search(Query(text="holiday_7.jpg"), weak=False)
    assert photo(library, 7) in [hit.photo_id for hit in page.hits]
    hit = next(hit for hit in page.hits if hit.photo_id == photo(library, 7))
    assert Why.NAME in hit.why


def test_a_query_far_from_the_model_says_so(library: FakeLibrary) -> None:
    library.model.reach = 0.1
    page = searching(library).search(Query(text="wedding"))
    assert page.notice == SPEC.limits
    library.model.reach = 0.9
    assert searching(library).search(Query(text="holiday")).notice is None


def test_no_good_match_is_said_and_weaker_ones_are_counted(library: FakeLibrary) -> None:
    spec = replace(SPEC, calibration=Calibration({**FIGURES, "words_floor": 2.0}))
    library.model.spec = spec
    page = searching(library).search(Query(text="something"))
    assert (page.hits, page.total, page.weak_total) == ((), 0, 12)
    assert page.notice is not None and "No good match" in page.notice


def test_a_library_without_photos_says_so() -> None:
    library = FakeLibrary()
    SyncEngine(library.catalogue, library.index, SPEC).catch_up()
    page = searching(library).search(Query(text="dog"))
    assert (page.total, page.weak_total) == (0, 0)
    assert page.notice is not None and "no photo to search" in page.notice


def test_a_quoted_phrase_must_occur(library: FakeLibrary) -> None:
    page = searching(library).search(Query(phrases=("holiday 7",)))
    assert library.index.requests[0].phrases == (("holiday", "7"),)
    assert library.index.requests[0].vector is None
    assert [hit.photo_id for hit in page.hits] == [photo(library, 7)]
    assert page.hits[0].score is None


def test_a_phrase_narrows_words(library: FakeLibrary) -> None:
    page = searching(library).search(Query(text="something", phrases=("holiday 7",)), weak=True)
    assert [hit.photo_id for hit in page.hits] == [photo(library, 7)]


def test_quoted_signs_without_words_are_searched_as_text(library: FakeLibrary) -> None:
    searching(library).search(Query(phrases=("🐶",)))
    assert library.index.requests[0].phrases == ()
    assert library.model.texts == ["🐶"]


def test_a_library_photo_finds_others_but_not_itself(library: FakeLibrary) -> None:
    anchor = photo(library, 3)
    page = searching(library).search(Query(examples=(LibraryExample(anchor),)), limit=100, weak=True)
    vector = library.catalogue.embedding(anchor, SPEC.model_id)
    assert vector is not None
    expected = [photo_id for photo_id in by_cosine(library, vector) if photo_id != anchor]
    assert [hit.photo_id for hit in page.hits] == expected
    assert library.model.encoded == 12
    assert not library.index.requests[0].text_only


def test_a_picture_file_outside_the_library_is_encoded_and_not_added(library: FakeLibrary) -> None:
    library.disk.put(b"/elsewhere/x.jpg", "picture 3")
    page = searching(library).search(Query(examples=(FileExample(b"/elsewhere/x.jpg"),)))
    assert page.hits[0].photo_id == photo(library, 3)
    assert page.hits[0].score == pytest.approx(1.0, abs=1e-3)
    assert library.catalogue.counts().photos == 12


def test_a_picture_file_of_the_library_does_not_find_itself(library: FakeLibrary) -> None:
    path = b"/photos/beach/holiday_3.jpg"
    page = searching(library).search(Query(examples=(FileExample(path),)), limit=100, weak=True)
    assert photo(library, 3) not in [hit.photo_id for hit in page.hits]


def test_an_encoded_picture_is_an_example(library: FakeLibrary) -> None:
    page = searching(library).search(Query(examples=(PictureExample(b"picture 5", "clipboard"),)))
    assert page.hits[0].photo_id == photo(library, 5)


def test_an_example_that_cannot_be_read_is_named(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise PhotoUnreadableError("The file is empty.")

    monkeypatch.setattr(FakeExamples, "read", unreadable)
    with pytest.raises(
        PhotoUnreadableError, match=r"/tmp/x\.jpg cannot be searched with: The file is empty\."
    ):
        searching(library).search(Query(examples=(FileExample(b"/tmp/x.jpg"),)))


def test_an_unknown_photo_as_example_is_a_query_error(library: FakeLibrary) -> None:
    with pytest.raises(QueryError, match="not in the library any more"):
        searching(library).search(Query(examples=(LibraryExample(PhotoId(12345)),)))


def test_a_photo_without_embedding_as_example_is_a_query_error(library: FakeLibrary) -> None:
    anchor = photo(library, 3)
    del library.catalogue.tables.embeddings[anchor, SPEC.model_id, 0]
    with pytest.raises(QueryError, match="has not been indexed"):
        searching(library).search(Query(examples=(LibraryExample(anchor),)))


def test_words_pictures_and_what_is_unwanted_make_one_vector(library: FakeLibrary) -> None:
    example = LibraryExample(photo(library, 3))
    searching(library).search(Query(text="beach", minus=("car",), examples=(example,)))
    words, unwanted = library.model.text_encoder.encode(["beach", "car"]).vectors
    stored = library.catalogue.embedding(example.photo_id, SPEC.model_id)
    assert stored is not None
    expected = compose([(words, 1.0), (stored, 1.0)], [unwanted])
    request = library.index.requests[0]
    assert expected is not None and request.vector is not None
    np.testing.assert_allclose(request.vector, expected, atol=1e-6)
    assert request.minus_tokens == (("car",),)
    assert not request.text_only


def test_unwanted_words_leave_out_the_photos_that_carry_them(library: FakeLibrary) -> None:
    page = searching(library).search(Query(text="holiday", minus=("nr4",)), limit=100, weak=True)
    assert photo(library, 4) not in [hit.photo_id for hit in page.hits]
    assert len(page.hits) == 11


def test_nothing_but_unwanted_words_shows_everything_else_newest_first(library: FakeLibrary) -> None:
    library.model.spec = replace(SPEC, calibration=Calibration({**FIGURES, "words_floor": 2.0}))
    page = searching(library).search(Query(minus=("nr4", "nr9")), limit=100)
    left_out = {photo(library, 4), photo(library, 9)}
    assert [hit.photo_id for hit in page.hits] == [i for i in newest_first(library) if i not in left_out]
    assert page.total == 10


def test_nothing_but_unwanted_words_leaves_out_what_they_would_find(library: FakeLibrary) -> None:
    found = searching(library).search(Query(text="something"), limit=100)
    page = searching(library).search(Query(minus=("something",)), limit=100)
    assert found.total
    assert {hit.photo_id for hit in page.hits}.isdisjoint(hit.photo_id for hit in found.hits)
    assert page.total == 12 - found.total


def test_filters_and_the_word_being_typed_go_to_the_engine(library: FakeLibrary) -> None:
    root = library.catalogue.roots()[0]
    library.catalogue.write(lambda writer: writer.set_root_state(root.root_id, away=True, videos=None))
    filters = Filters(formats=("jpeg",), include_away=False)
    searching(library).search(Query(text="holi", filters=filters), prefix_last=True)
    request = library.index.requests[0]
    assert (request.filters, request.prefix_last) == (filters, True)
    assert request.away_roots == frozenset({root.root_id})


TEXTS = ["x" * 10_000, "word " * 2_000, "🐶🐱🦊", "/photos/town/holiday_4.jpg", "?!", "a\udcffb"]


@pytest.mark.parametrize("meaning", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_any_text_gets_an_answer(library: FakeLibrary, text: str, meaning: bool) -> None:
    library.model.understands = meaning
    page = searching(library).search(Query(text=text), limit=100, weak=True)
    named = bool(query_tokens(text))
    assert len(library.index.requests) == (meaning or named)
    assert len(page.hits) == 12 if meaning else page.hits or page.notice


def test_an_engine_that_is_away_is_stood_in_for_and_that_is_said(library: FakeLibrary) -> None:
    other = FakeIndex("elasticsearch")
    other.away = True
    page = searching(library, server=lambda: other).search(Query(text="something"), weak=True)
    assert (page.engine, len(page.hits)) == ("embedded", 12)
    assert page.notice is not None and "cannot be reached" in page.notice and "embedded" in page.notice


def test_the_engine_on_a_server_answers_while_it_is_there(library: FakeLibrary) -> None:
    other = FakeIndex("elasticsearch")
    SyncEngine(library.catalogue, other, SPEC).catch_up()
    search = searching(library, server=lambda: other)
    page = search.search(Query(text="something"), weak=True)
    assert (page.engine, len(page.hits), page.notice) == ("elasticsearch", 12, None)
    assert (len(other.requests), library.index.requests) == (1, [])
    assert search.search(Query()).engine == "elasticsearch"


SHORT = [Query(text="something"), Query(text="holiday 7"), Query(text="nr4"), Query(phrases=("holiday",)),
         Query(text="beach", minus=("something",)), Query(minus=("something",))]  # fmt: skip


@pytest.mark.parametrize("query", SHORT, ids=str)
@pytest.mark.parametrize("first", [1, 2, 4, 8, 11, 12, 13])
def test_a_server_that_hands_over_the_best_only_loses_nothing(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, query: Query, first: int
) -> None:
    other = FakeIndex("elasticsearch")
    SyncEngine(library.catalogue, other, SPEC).catch_up()
    whole = other.search

    def of_either_at_most(request: IndexRequest) -> IndexAnswer:
        answer = whole(request)
        assert len(answer.photo_ids) <= request.limit
        return replace(answer, keyword_hits=answer.keyword_hits[: request.limit])

    monkeypatch.setattr(other, "search", of_either_at_most)
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.FIRST_ASKED", first)
    for offset, limit in ((0, 3), (3, 17)):
        exact = searching(library).search(query, offset=offset, limit=limit)
        found = searching(library, server=lambda: other).search(query, offset=offset, limit=limit)
        assert found.engine == "elasticsearch"
        assert [(hit.photo_id, hit.why) for hit in found.hits] == [(h.photo_id, h.why) for h in exact.hits]
        assert [hit.score for hit in found.hits] == pytest.approx([hit.score for hit in exact.hits], abs=1e-3)
        assert (found.total, found.weak_total) == (exact.total, exact.weak_total)
        assert found.notice == exact.notice


def test_a_server_is_asked_for_all_only_where_the_result_may_go_on(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FakeIndex("elasticsearch")
    SyncEngine(library.catalogue, other, SPEC).catch_up()
    search = searching(library, server=lambda: other)
    total = search.search(Query(text="something")).total
    assert [request.limit for request in other.requests] == [FIRST_ASKED]
    search.search(Query(text="something"), weak=True)
    assert [request.limit for request in other.requests[1:]] == [CANDIDATES]
    for first, limits in ((total + 1, [total + 1]), (total, [total, CANDIDATES])):
        other.requests.clear()
        monkeypatch.setattr("imgsearch_desktop.application.search_photos.FIRST_ASKED", first)
        search.search(Query(text="something"))
        assert [request.limit for request in other.requests] == limits


def test_without_another_engine_its_absence_is_an_error(library: FakeLibrary) -> None:
    library.index.away = True
    with pytest.raises(EngineError):
        searching(library).search(Query(text="something"))


def test_an_engine_that_holds_nothing_is_fed_and_answers(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied = FakeIndex()
    search = emptied.search

    def nothing_yet(request: object) -> object:
        if emptied.at is None:
            raise EngineError("It holds nothing.")
        return search(request)  # type: ignore[arg-type]

    monkeypatch.setattr(emptied, "search", nothing_yet)
    library.index = emptied
    page = searching(library).search(Query(text="something"), weak=True)
    assert (len(page.hits), library.model.encoded) == (12, 12)


def test_an_engine_of_another_state_of_the_library_is_fed_before_it_answers(library: FakeLibrary) -> None:
    stale = FakeIndex()
    SyncEngine(library.catalogue, stale, SPEC).catch_up()
    stale.documents.clear()
    stale.at = IndexPosition("library", "before it was restored", library.catalogue.latest_change())
    library.index = stale
    page = searching(library).search(Query(text="something"), weak=True)
    assert (len(page.hits), library.model.encoded) == (12, 12)
    assert stale.resets == 2
    stale.documents.clear()
    assert searching(library).search(Query(text="something"), weak=True).hits == ()


def test_what_was_compared_has_its_cosine_though_only_its_name_is_good(library: FakeLibrary) -> None:
    library.model.spec = replace(SPEC, calibration=Calibration({**FIGURES, "words_floor": 2.0}))
    page = searching(library).search(Query(text="nr4"))
    vector = library.model.text_encoder.encode(["nr4"]).vectors[0]
    [hit] = page.hits
    assert (hit.photo_id, hit.why) == (photo(library, 4), (Why.NAME,))
    assert hit.score == pytest.approx(float(library.index.documents[hit.photo_id].vectors[0] @ vector))


def test_it_has_its_cosine_also_where_the_engine_names_only_the_nearest(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 1)
    whole = {document.photo_id: document.vectors[0] for document in library.index.documents.values()}
    for number in range(12):
        page = searching(library).search(Query(text=f"nr{number}"), limit=100)
        vector = library.model.text_encoder.encode([f"nr{number}"]).vectors[0]
        assert photo(library, number) in [hit.photo_id for hit in page.hits]
        for hit in page.hits:
            assert hit.score == pytest.approx(float(whole[hit.photo_id] @ vector), abs=1e-3)


def test_a_photo_without_embedding_has_no_cosine(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 1)
    monkeypatch.setattr(library.catalogue, "embedding", lambda *_: None)
    pages = [searching(library).search(Query(text=f"nr{number}"), limit=100) for number in range(12)]
    scores = [hit.score for page in pages for hit in page.hits if hit.why == (Why.NAME,)]
    assert scores
    assert set(scores) == {None}


def test_a_phrase_that_no_photo_has_is_told_from_an_empty_library(library: FakeLibrary) -> None:
    page = searching(library).search(Query(phrases=("no such words",)))
    assert (page.hits, page.notice) == ((), "No photo has these words and passes the filters.")
    page = searching(library).search(Query(text="something", phrases=("no such words",)))
    assert (page.hits, page.notice) == ((), "No photo has these words and passes the filters.")
    empty = FakeLibrary()
    SyncEngine(empty.catalogue, empty.index, SPEC).catch_up()
    page = searching(empty).search(Query(phrases=("no such words",)))
    assert page.notice is not None and "no photo to search" in page.notice


def test_more_matches_than_are_counted_is_said(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = Calibration({**FIGURES, "words_floor": -1.0, "words_drop": 0.0})
    library.model.spec = replace(SPEC, calibration=everything)
    assert searching(library).search(Query(text="something")).notice is None
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 12)
    assert searching(library).search(Query(text="something")).notice is None
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 5)
    page = searching(library).search(Query(text="something"))
    assert (page.total, page.notice) == (5, "5 photos or more match; the best of them are shown.")


def test_more_photos_with_the_words_than_are_counted_is_said(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, more = library.index.search, "5 photos or more match; the best of them are shown."
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 5)

    def of_both_at_most(request: IndexRequest) -> IndexAnswer:
        answer = search(request)
        return replace(answer, keyword_hits=answer.keyword_hits[: request.limit])

    monkeypatch.setattr(library.index, "search", of_both_at_most)
    assert searching(library).search(Query(phrases=("holiday",))).notice == more
    assert searching(library).search(Query(phrases=("holiday 7",))).notice is None


def test_weaker_matches_that_end_say_where(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imgsearch_desktop.application.search_photos.CANDIDATES", 5)
    page = searching(library).search(Query(text="something"), weak=True)
    assert page.notice == "Weaker matches end at the nearest 5 of 12 photos."
    assert searching(library).search(Query(text="something")).notice is None


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("dog " * 2500, "dog"),
        ("Dog dog  DOG cat", "Dog cat"),
        ("a dog and a  cat", "a dog and a  cat"),
        ("dog cat " * 40, "dog cat"),
    ],
)
def test_words_said_again_and_again_are_encoded_once(library: FakeLibrary, text: str, encoded: str) -> None:
    searching(library).search(Query(text=text, minus=(text,)))
    assert library.model.texts == [encoded, encoded]


def test_pixels_of_an_example_are_cut_as_the_model_wants(library: FakeLibrary) -> None:
    file = FakeFile("picture 5")
    searching(library).search(Query(examples=(PictureExample(b"picture 5", "x"),)))
    expected = library.model.encode(np.expand_dims(pixels_of(file), 0)).vectors[0]
    request = library.index.requests[0]
    assert request.vector is not None
    np.testing.assert_allclose(request.vector, expected, atol=1e-6)
