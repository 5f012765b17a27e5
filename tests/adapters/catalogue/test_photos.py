"""Photos with their metadata, labels and embeddings."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import LabelCount, NewPhoto
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    Exposure,
    GpsPosition,
    Label,
    PhotoId,
    PhotoMetadata,
    PictureFacts,
    RootId,
)
from tests.adapters.catalogue.sample import (
    DIMS,
    FACTS,
    METADATA,
    add,
    add_encoded,
    digest,
    new_uid,
    record,
    taken,
    vectors,
)

OTHER = ModelId("other-1")


def test_a_photo_comes_back_as_it_was_put(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    new = NewPhoto(new_uid(), digest("picture"), FACTS, METADATA)
    photo_id = catalogue.write(lambda writer: writer.add_photo(new))
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"b.jpg")))
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"a.jpg")))
    (photo,) = catalogue.photos([photo_id])
    assert (photo.photo_id, photo.uid, photo.picture_hash) == (photo_id, new.uid, digest("picture"))
    assert (photo.facts, photo.metadata, photo.labels) == (FACTS, METADATA, ())
    assert [file.relative_path for file in photo.files] == [b"b.jpg", b"a.jpg"]
    assert abs(datetime.now(UTC) - photo.added) < timedelta(minutes=1)
    assert photo.added.tzinfo is UTC


def test_photos_come_in_the_order_asked_for(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    first, second = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    asked = [second, PhotoId(999), first, second]
    assert [photo.photo_id for photo in catalogue.photos(asked)] == [second, first, second]
    assert catalogue.photos([]) == []


# What UTF-8 cannot say (half a surrogate pair) is replaced on the way in; a test below says so.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SMALL = st.integers(-(1 << 31), 1 << 31)
BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES)
DATES = st.builds(
    DateTaken,
    st.datetimes(),
    st.none() | st.integers(-1440, 1440),
    st.sampled_from([source for source in DateSource if source is not DateSource.USER]),
)
ALL_METADATA = st.builds(
    PhotoMetadata,
    date_taken=st.none() | DATES,
    camera=st.none() | TEXTS.filter(bool),
    lens=st.none() | TEXTS.filter(bool),
    exposure=st.builds(
        Exposure, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | SMALL, st.none() | NUMBERS
    ),
    gps=st.none() | st.builds(GpsPosition, st.floats(-90, 90), st.floats(-180, 180), st.none() | NUMBERS),
    keywords=st.lists(TEXTS, max_size=4).map(tuple),
    title=st.none() | TEXTS,
    description=st.none() | TEXTS,
    rating=st.none() | SMALL,
)
ALL_FACTS = st.builds(
    PictureFacts,
    format=st.sampled_from(["jpeg", "heic", "dng"]),
    width=st.integers(1, 1 << 20),
    height=st.integers(1, 1 << 20),
    orientation=st.integers(1, 8),
    perceptual_hash=st.integers(0, (1 << 64) - 1),
    average_colour=COLOURS,
    palette=st.lists(COLOURS, max_size=5).map(tuple),
    derived_version=st.integers(0, 100),
)


def test_any_values_come_back(catalogue: SqliteCatalogue) -> None:
    @given(metadata=ALL_METADATA, facts=ALL_FACTS, replacement=ALL_METADATA)
    @settings(max_examples=60, deadline=None)
    def round_trip(metadata: PhotoMetadata, facts: PictureFacts, replacement: PhotoMetadata) -> None:
        new = NewPhoto(new_uid(), digest(facts), facts, metadata)
        photo_id = catalogue.write(lambda writer: writer.add_photo(new))
        (photo,) = catalogue.photos([photo_id])
        assert (photo.facts, photo.metadata) == (facts, metadata)
        catalogue.write(lambda writer: writer.set_metadata(photo_id, replacement))
        assert catalogue.photos([photo_id])[0].metadata == replacement

    round_trip()


def test_texts_that_are_not_unicode_are_mended(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    odd = "x\udcffy"
    metadata = PhotoMetadata(camera=odd, keywords=(odd,), title=odd, description=odd)
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg", metadata))
    found = catalogue.photos([photo_id])[0].metadata
    assert (found.camera, found.keywords, found.title, found.description) == ("x?y", ("x?y",), "x?y", "x?y")


def test_numbers_that_are_none(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    nan = float("nan")
    metadata = PhotoMetadata(
        exposure=Exposure(nan, nan, 1 << 70, nan), gps=GpsPosition(nan, 1.0), rating=-(1 << 70)
    )
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg", metadata))
    found = catalogue.photos([photo_id])[0].metadata
    assert found.exposure == Exposure(None, None, (1 << 63) - 1, None)
    assert (found.gps, found.rating) == (None, -(1 << 63))


def test_a_corrected_date_stays(catalogue: SqliteCatalogue, root_id: RootId, library: Path) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    catalogue.close()
    with sqlite3.connect(library / "catalogue.sqlite") as raw:
        raw.execute("UPDATE photos SET user_date = 1000000, user_offset = 60")
    raw.close()
    again = SqliteCatalogue(library)
    again.write(lambda writer: writer.set_metadata(photo_id, taken(2020, 1, 1)))
    (photo,) = again.photos([photo_id])
    again.close()
    assert photo.metadata.date_taken == DateTaken(datetime(1970, 1, 1, 0, 0, 1), 60, DateSource.USER)


def test_a_photo_is_recognised_by_its_picture(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    absent, present = catalogue.write(
        lambda writer: [
            writer.add_photo(NewPhoto(new_uid(), digest("same"), FACTS, METADATA)),
            writer.add_photo(NewPhoto(new_uid(), digest("same"), FACTS, METADATA)),
        ]
    )
    assert catalogue.photo_with_picture(digest("same")) == absent
    catalogue.write(lambda writer: writer.put_file(present, record(root_id, b"a.jpg")))
    assert catalogue.photo_with_picture(digest("same")) == present
    assert catalogue.photo_with_picture(digest("unknown")) is None


def test_a_new_picture_drops_what_was_made_of_the_old(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    (photo_id,) = catalogue.write(lambda writer: add_encoded(writer, root_id, [b"a.jpg"]))
    catalogue.write(lambda writer: writer.set_labels(photo_id, STARTER, [Label("dog", 0.9)]))
    facts = PictureFacts("png", 10, 20, 1, 7, (0, 0, 0), (), 2)
    catalogue.write(lambda writer: writer.replace_picture(photo_id, digest("new"), facts))
    (photo,) = catalogue.photos([photo_id])
    assert (photo.facts, photo.picture_hash, photo.labels) == (facts, digest("new"), ())
    assert photo.metadata == METADATA
    assert not catalogue.has_embedding(photo_id, STARTER)
    assert catalogue.photos_without_embedding(STARTER, 10) == [photo_id]
    assert catalogue.searchable(STARTER) == 0


def test_embeddings_are_kept_in_half_precision(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    first, second = vectors(2)
    catalogue.write(
        lambda writer: writer.set_embeddings(
            [(photo_id, 0), (photo_id, 3)], STARTER, np.stack([first, second])
        )
    )
    found, region = catalogue.embedding(photo_id, STARTER), catalogue.embedding(photo_id, STARTER, 3)
    assert found is not None
    assert region is not None
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, first, atol=1e-3)
    np.testing.assert_allclose(region, second, atol=1e-3)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-6)
    assert catalogue.embedding(photo_id, OTHER) is None
    assert catalogue.embedding(photo_id, STARTER, 1) is None
    catalogue.write(lambda writer: writer.set_embeddings([(photo_id, 0)], STARTER, second[None]))
    renewed = catalogue.embedding(photo_id, STARTER)
    assert renewed is not None
    np.testing.assert_allclose(renewed, second, atol=1e-3)


def test_embeddings_come_in_blocks(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    names = [b"%d.jpg" % at for at in range(7)]
    ids = catalogue.write(lambda writer: add_encoded(writer, root_id, names))
    catalogue.write(lambda writer: writer.set_embeddings([(ids[0], 1)], STARTER, vectors(1, 9)))
    catalogue.write(lambda writer: writer.set_embeddings([(ids[1], 0)], OTHER, vectors(1, 9, 4)))
    gone = next(file.file_id for file in catalogue.known_files(root_id) if file.photo_id == ids[2])
    assert gone is not None
    catalogue.write(lambda writer: writer.mark_missing([gone]))
    expected = [photo_id for photo_id in ids if photo_id != ids[2]]

    found: list[int] = []
    blocks = []
    while len(ids_found := catalogue.embeddings(STARTER, PhotoId(found[-1] if found else 0), 4).photo_ids):
        found += ids_found.tolist()
        blocks.append(len(ids_found))
    assert (found, blocks) == (expected, [4, 2])
    block = catalogue.embeddings(STARTER, PhotoId(0), 100)
    assert block.vectors.shape == (6, DIMS)
    assert block.vectors.dtype == np.float16
    np.testing.assert_array_equal(
        block.vectors, vectors(7).astype(np.float16)[[at for at in range(7) if at != 2]]
    )
    assert catalogue.embeddings(OTHER, PhotoId(0), 100).vectors.shape == (1, 4)
    assert len(catalogue.embeddings(ModelId("unknown"), PhotoId(0), 100).photo_ids) == 0
    assert len(catalogue.embeddings(STARTER, ids[-1], 100).photo_ids) == 0


def test_what_waits_for_an_embedding(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer):
        ids = [add(writer, root_id, b"%d.jpg" % day, taken(2020, 1, day)) for day in (1, 3, 2, 4)]
        writer.set_embeddings([(ids[0], 0)], STARTER, vectors(1))
        writer.set_embeddings([(ids[1], 5)], STARTER, vectors(1))
        writer.add_photo(NewPhoto(new_uid(), digest("absent"), FACTS, METADATA))
        return ids

    first, third, second, fourth = catalogue.write(work)
    assert catalogue.photos_without_embedding(STARTER, 10) == [fourth, third, second]
    assert catalogue.photos_without_embedding(STARTER, 2) == [fourth, third]
    assert catalogue.photos_without_embedding(OTHER, 10) == [fourth, third, second, first]
    assert (catalogue.searchable(STARTER), catalogue.searchable(OTHER)) == (1, 0)
    assert [catalogue.has_embedding(photo, STARTER) for photo in (first, third)] == [True, False]
    assert not catalogue.has_embedding(first, OTHER)


def test_a_model_keeps_its_dimensions(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    catalogue.write(lambda writer: writer.set_labels(photo_id, STARTER, [Label("dog", 0.9)]))
    catalogue.write(lambda writer: writer.set_embeddings([(photo_id, 0)], STARTER, vectors(1)))
    with pytest.raises(ModelError, match="length 4"):
        catalogue.write(lambda writer: writer.set_embeddings([(photo_id, 0)], STARTER, vectors(1, 0, 4)))


def test_there_is_room_for_62_models(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    models = [ModelId(f"model-{at}") for at in range(62)]

    def encode(*wanted: ModelId) -> None:
        def work(writer):
            for model in wanted:
                writer.set_embeddings([(photo_id, 0)], model, vectors(1))

        catalogue.write(work)

    encode(*models)
    assert [catalogue.searchable(model) for model in models] == [1] * 62
    with pytest.raises(ModelError, match="62 models"):
        encode(ModelId("one too many"))


def test_labels(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer):
        ids = [add(writer, root_id, b"%d.jpg" % at) for at in range(4)]
        writer.set_labels(ids[0], STARTER, [Label("cat", 0.4), Label("dog", 0.5)])
        writer.set_labels(ids[1], STARTER, [Label("dog", 0.9)])
        writer.set_labels(ids[1], OTHER, [Label("dog", 0.7), Label("sea", 0.6)])
        writer.set_labels(ids[2], STARTER, [Label("cat", 0.8), Label("old", 0.9)])
        writer.set_labels(ids[2], STARTER, [Label("cat", 0.7)])
        writer.set_labels(ids[3], STARTER, [Label("cat", 1.0), Label("dog", 1.0), Label("gone", 1.0)])
        return ids

    ids = catalogue.write(work)
    gone = next(file.file_id for file in catalogue.known_files(root_id) if file.photo_id == ids[3])
    assert gone is not None
    catalogue.write(lambda writer: writer.mark_missing([gone]))
    assert catalogue.labels(10) == [
        LabelCount("cat", 2, ids[2]),
        LabelCount("dog", 2, ids[1]),
        LabelCount("sea", 1, ids[1]),
    ]
    assert [label.name for label in catalogue.labels(1)] == ["cat"]
    pets = {"cat": "pets", "dog": "pets", "sea": "water"}
    assert catalogue.labels(10, pets) == [LabelCount("pets", 3, ids[1]), LabelCount("water", 1, ids[1])]
    photos = catalogue.photos(ids[:3])
    assert photos[0].labels == (Label("dog", 0.5), Label("cat", 0.4))
    assert photos[1].labels == (Label("dog", 0.9), Label("sea", 0.6))
    assert photos[2].labels == (Label("cat", 0.7),)


def test_perceptual_hashes(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    hashes = [0, 1 << 63, (1 << 64) - 1]

    def work(writer):
        writer.add_photo(NewPhoto(new_uid(), digest("absent"), FACTS, METADATA))
        facts = [PictureFacts("jpeg", 1, 1, 1, bits, (0, 0, 0), (), 1) for bits in hashes]
        return [
            add(writer, root_id, b"%d.jpg" % at, taken(2020 - at, 1, 1), fact)
            for at, fact in enumerate(facts)
        ]

    ids = catalogue.write(work)
    found = catalogue.perceptual_hashes()
    assert found.photo_ids.tolist() == ids
    assert found.hashes.dtype == np.uint64
    assert found.hashes.tolist() == hashes
