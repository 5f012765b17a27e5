"""Keyword search: the same words match on every engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.result import Why
from tests.contracts.photo_index_harness import Fed, photo, towards

ONE_OF_EACH: dict[str, Any] = {
    "file_names": ("IMG_2041.jpg",),
    "folder": b"Urlaub",
    "keywords": ("Strand",),
    "title": "Abend",
    "description": "Blick nach Westen",
    "camera": "Leica Q2",
}


class KeywordContract:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("2041", Why.NAME),
            ("urlaub", Why.FOLDER),
            ("root", Why.FOLDER),
            ("strand", Why.KEYWORD),
            ("abend", Why.TITLE),
            ("westen", Why.DESCRIPTION),
            ("leica", Why.CAMERA),
        ],
    )
    def test_a_hit_says_in_which_field(self, fed: Fed, text: str, why: Why) -> None:
        fed.put(photo(1, **ONE_OF_EACH), photo(2, places=()))
        (hit,) = fed.words(text)
        assert (hit.photo_id, hit.matched, hit.fields) == (1, 1, (why,))

    def test_every_field_that_matches_is_named_in_order(self, fed: Fed) -> None:
        fed.put(photo(1, file_names=("dog.jpg",), title="Dog", camera="Dog 3000", keywords=("cat",)))
        (hit,) = fed.words("dog cat")
        assert hit.fields == (Why.NAME, Why.KEYWORD, Why.TITLE, Why.CAMERA)
        assert hit.matched == 2

    @pytest.mark.parametrize(
        ("stored", "typed"),
        [
            ("Straße", "strasse"),
            ("Łódź", "Lodz"),
            ("München", "Muenchen"),
            ("東京都", "京都"),
            ("우리 강아지가", "강아지"),
            ("SunsetBeach", "beach"),
            ("iPhone", "IPHONE"),
            ("DSC0042.NEF", "0042"),
        ],
    )
    def test_spelling_does_not_matter(self, fed: Fed, stored: str, typed: str) -> None:
        fed.put(photo(1, title=stored), photo(2, title="other"))
        assert fed.found(typed) == [1]

    def test_more_words_rank_higher(self, fed: Fed) -> None:
        fed.put(photo(1, title="red"), photo(2, title="red dog beach"), photo(3, title="red dog"))
        hits = fed.words("red dog beach")
        assert [(hit.photo_id, hit.matched) for hit in hits] == [(2, 3), (3, 2), (1, 1)]
        assert hits[0].score > hits[1].score > hits[2].score

    def test_rare_words_weigh_more_than_frequent_ones(self, fed: Fed) -> None:
        fed.put(*(photo(number, title="holiday") for number in range(1, 20)), photo(20, title="giraffe"))
        assert fed.found("holiday giraffe")[0] == 20

    def test_equal_matches_come_in_the_order_of_ids(self, fed: Fed) -> None:
        fed.put(photo(5, title="dog"), photo(2, title="dog"), photo(9, title="dog"))
        assert fed.found("dog") == [2, 5, 9]

    def test_the_word_being_typed_matches_by_its_beginning(self, fed: Fed) -> None:
        fed.put(photo(1, title="sunset"), photo(2, title="sun"), photo(3, title="asunder"))
        assert fed.found("sun") == [2]
        assert sorted(fed.found("sun", prefix_last=True)) == [1, 2]
        assert fed.found("sun", prefix_last=True)[0] == 2

    def test_only_the_last_word_is_being_typed(self, fed: Fed) -> None:
        fed.put(photo(1, title="sunset beach"), photo(2, title="sun"))
        assert {hit.photo_id: hit.matched for hit in fed.words("sun bea", prefix_last=True)} == {1: 1, 2: 1}

    @pytest.mark.parametrize(
        "token",
        [
            '"',
            'dog" OR "cat',
            "dog*",
            "NEAR",
            "AND",
            "{title}:dog",
            "dog\0",
            "-dog",
            "^dog",
            "(",
            "*",
            "\ud800",
            "'",
            ";",
        ],
    )
    def test_no_token_is_an_expression(self, fed: Fed, token: str) -> None:
        fed.put(photo(1, title="dog"), photo(2, title="cat"))
        for fields in (
            {"tokens": (token,), "prefix_last": True},
            {"phrases": ((token, "dog"),)},
        ):
            assert fed.ask(**fields).keyword_hits == ()
        answer = fed.ask(vector=towards(1).astype(np.float32), minus_tokens=((token,),))
        assert sorted(answer.photo_ids.tolist()) == [1, 2]

    def test_a_phrase_is_adjacent_and_in_order(self, fed: Fed) -> None:
        fed.put(
            photo(1, title="The Golden Gate bridge"),
            photo(2, title="gate golden"),
            photo(3, title="golden old gate"),
            photo(4, title="golden", description="gate"),
            photo(5, keywords=("golden", "gate")),
            photo(6, file_names=("golden_gate.jpg",)),
        )
        assert sorted(fed.phrase("golden gate")) == [1, 6]
        (first, second) = fed.ask(phrases=(("golden", "gate"),)).keyword_hits
        assert {first.fields, second.fields} == {(Why.TITLE,), (Why.NAME,)}

    def test_phrases_work_without_spaces_too(self, fed: Fed) -> None:
        fed.put(photo(1, title="東京都の写真"), photo(2, title="京東都"))
        assert fed.phrase("京都") == [1]
        assert fed.phrase("東京都") == [1]
        assert fed.phrase("都") == [1, 2]

    def test_every_phrase_must_occur_and_narrows_what_is_near(self, fed: Fed) -> None:
        fed.put(
            photo(1, title="golden gate", description="heavy fog"),
            photo(2, title="golden gate", vector=towards(1)),
            photo(3, vector=towards(1)),
        )
        assert fed.phrase("golden gate", "heavy fog") == [1]
        answer = fed.ask(vector=towards(1).astype(np.float32), phrases=(("golden", "gate"),))
        assert sorted(answer.photo_ids.tolist()) == [1, 2]
        assert answer.searched == 2

    def test_words_beside_a_phrase_only_add(self, fed: Fed) -> None:
        fed.put(photo(1, title="golden gate"), photo(2, title="golden gate fog"), photo(3, title="fog"))
        hits = fed.ask(tokens=("fog",), phrases=(("golden", "gate"),)).keyword_hits
        assert [(hit.photo_id, hit.matched) for hit in hits] == [(2, 1), (1, 0)]

    def test_unwanted_words_leave_photos_out_of_both_lists(self, fed: Fed) -> None:
        fed.put(
            photo(1, title="dog", keywords=("car",)),
            photo(2, title="dog"),
            photo(3, title="dog", file_names=("red.jpg",), description="bus"),
            photo(4, title="dog red"),
        )
        unwanted = (("car",), ("red", "bus"), ())
        answer = fed.ask(vector=towards(1).astype(np.float32), tokens=("dog",), minus_tokens=unwanted)
        assert sorted(answer.photo_ids.tolist()) == [2, 4]
        assert sorted(hit.photo_id for hit in answer.keyword_hits) == [2, 4]
        assert answer.searched == 2

    def test_every_name_and_place_of_a_photo_counts(self, fed: Fed) -> None:
        fed.put(photo(1, file_names=("beach.jpg", "strand.jpg")))
        assert fed.found("beach") == fed.found("strand") == [1]
        (hit,) = fed.words("beach strand")
        assert hit.matched == 2

    def test_nothing_to_look_for_finds_nothing(self, fed: Fed) -> None:
        fed.put(photo(1, title="dog"))
        answer = fed.ask(phrases=((),))
        assert answer.keyword_hits == ()
        assert answer.searched == 1

    def test_very_frequent_words_are_found_in_telling_fields_first(self, fed: Fed) -> None:
        """Two thousand photos lie in a folder called "dog", few have the word in their title."""
        titled = {700: "dog", 1500: "my dog"}
        for start in range(1, 2001, 500):
            fed.put(
                *(
                    photo(number, folder=b"dog", title=titled.get(number), camera="Leica")
                    for number in range(start, start + 500)
                )
            )
        hits = fed.words("dog", limit=20)
        assert [hit.photo_id for hit in hits[:2]] == [700, 1500]
        assert hits[0].fields == (Why.FOLDER, Why.TITLE)
        assert len(hits) == 20
        both = fed.words("dog leica", limit=20)
        assert all(hit.matched == 2 for hit in both)
        beside = fed.words("dog my", limit=20)
        assert (beside[0].photo_id, beside[0].matched) == (PhotoId(1500), 2)
