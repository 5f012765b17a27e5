"""What people call the classes that a model sees: everyday names, and groups ("dogs" for 118 breeds)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from imgsearch_desktop.runtime.resources import resource

ENGLISH = "en"

_CLASSES = "labels/labels.tsv"
_GROUPS = "labels/groups.tsv"


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What several classes are called together.

    Attributes:
        names: its word by language code.
        also: other words for it, in any language: its singular, mostly.
    """

    names: Mapping[str, str]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassWords:
    """What one class is called.

    Attributes:
        stored: its name in the model and in the catalogue.
        names: its everyday name by language code.
        group: the English word of its group, "" for a class that is its own.
        also: other words for it, in any language: its plural, mostly.
    """

    stored: str
    names: Mapping[str, str]
    group: str
    also: tuple[str, ...]


@cache
def class_words() -> tuple[ClassWords, ...]:
    """Every class that has words, in the order of the file."""
    return tuple(
        ClassWords(row.pop("class"), _by_language(row), row["group"], _listed(row["also"]))
        for row in _rows(_CLASSES)
    )


@cache
def group_words() -> Mapping[str, GroupWords]:
    """The words of every group; the keys are the English ones."""
    return {row[ENGLISH]: GroupWords(_by_language(row), _listed(row["also"])) for row in _rows(_GROUPS)}


@cache
def everyday_words() -> Mapping[str, str]:
    """Stored class name -> the English word it is counted under: its group, else its everyday name."""
    return {words.stored: words.group or words.names[ENGLISH] for words in class_words()}


@cache
def words_in(language: str) -> Mapping[str, str]:
    """Stored class names, everyday English names and groups -> the word of a language.

    Args:
        language: a code; one without words has the English ones.
    """
    said: dict[str, str] = {}
    for words in class_words():
        word = words.names.get(language, words.names[ENGLISH])
        said |= {words.stored: word, words.names[ENGLISH]: word}
    return said | {group: words.names.get(language, group) for group, words in group_words().items()}


@cache
def classes_by_word() -> Mapping[str, tuple[str, ...]]:
    """Every word of every language, in lower case -> the stored names of the classes that it means."""
    meant: dict[str, list[str]] = {}
    for words in class_words():
        for word in {words.stored, *words.names.values(), *words.also}:
            meant.setdefault(word.casefold(), []).append(words.stored)
    members: dict[str, list[str]] = {}
    for words in class_words():
        members.setdefault(words.group, []).append(words.stored)
    for group, said in group_words().items():
        for word in (*said.names.values(), *said.also):
            meant.setdefault(word.casefold(), members[group])
    return {word: tuple(classes) for word, classes in meant.items()}


def _by_language(row: Mapping[str, str]) -> dict[str, str]:
    return {column: row[column] for column in row if column not in ("group", "also")}


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(";") if word.strip())


def _rows(name: str) -> list[dict[str, str]]:
    with resource(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
