"""Every class of the starter model has everyday words; groups say what people look for."""

from collections import Counter

from imgsearch_desktop.adapters.models.starter.packages import read_class_names
from imgsearch_desktop.runtime.label_words import (
    class_words,
    classes_by_word,
    everyday_words,
    group_words,
    words_in,
)

LANGUAGES = ("en", "de")


def test_every_class_has_a_word_in_every_language() -> None:
    stored = [words.stored for words in class_words()]
    assert stored == list(dict.fromkeys(read_class_names()))
    assert all(words.names[code].strip() for words in class_words() for code in LANGUAGES)


def test_every_class_belongs_to_a_group_that_exists_or_is_deliberately_alone() -> None:
    members = Counter(words.group for words in class_words() if words.group)
    assert set(members) == set(group_words())
    assert min(members.values()) > 1
    assert all(words.names[code].strip() for words in group_words().values() for code in LANGUAGES)


def test_words_can_be_told_apart() -> None:
    """A word stands for one class or one group: what is counted under it is what it says."""
    for code in LANGUAGES:
        groups = [words.names[code] for words in group_words().values()]
        said = Counter([*(words.names[code] for words in class_words()), *groups])
        assert [word for word, times in said.items() if times > 1] == []


def test_words_can_be_typed_into_the_search_field() -> None:
    """Clicking a word searches for it: no brackets, no choice of words, no sign that queries know."""
    for code in LANGUAGES:
        for word in words_in(code).values():
            assert not set(word) & set('()/,":') and not word.startswith("-"), word


def test_breeds_are_counted_as_dogs() -> None:
    words = everyday_words()
    assert words["Pembroke Welsh Corgi"] == words["Siberian Husky"] == "dogs"
    assert words["velvet fabric"] == words["wool"] == "fabrics"
    assert words["tent"] == "tent"


def test_words_of_a_language() -> None:
    german = words_in("de")
    assert german["dogs"] == "Hunde"
    assert german["velvet fabric"] == german["velvet"] == "Samt"
    assert german["Band-Aid"] == "Pflaster"
    assert words_in("en")["Band-Aid"] == "plaster"


def test_words_lead_to_their_classes() -> None:
    classes = classes_by_word()
    assert set(classes["füchse"]) == set(classes["fox"]) == {"red fox", "kit fox", "Arctic fox", "grey fox"}
    assert classes["äpfel"] == classes["apple"] == ("Granny Smith apple",)
    assert classes["samt"] == classes["velvet fabric"] == ("velvet fabric",)
    said = [word for code in LANGUAGES for word in words_in(code).values()]
    assert [word for word in said if word.casefold() not in classes] == []


def test_a_language_without_words_has_the_english_ones() -> None:
    assert words_in("xx") == words_in("en")
