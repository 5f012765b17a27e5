"""Gathers what the core says in English to people, so that the window can say it in their language.

The core knows no translation: it raises, returns and stores English sentences. This reads the sources with
Python's own parser and takes every text that reads like a sentence, every first argument of a `KnownError`,
and what may stand in the places of both. An f-string becomes a template with numbered places
("{0} is a file."), a constant in it is written out, and `counted(n, "photo")` becomes "1 photo" and
"{n} photos".
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sentence_sources import Scope, SourceFile, name_called, read_sources

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "imgsearch_desktop"
ROOMS = ("application", "adapters", "bootstrap", "domain")
NOT_IN_THE_WINDOW = ("bootstrap/doctor.py",)
LIST = ROOT / "resources" / "i18n" / "core_sentences.json"
MODELS = ROOT / "resources" / "models.toml"
CONTEXT = "Core"

_FOR_DEVELOPERS = {"debug", "info", "warning", "error", "exception", "log", "getLogger", "execute"}
_BUGS = {"ValueError", "RuntimeError", "TypeError", "AssertionError", "FileNotFoundError", "UnpicklingError"}
SYSTEM = (
    "Connection refused",
    "Device or resource busy",
    "Disk quota exceeded",
    "File exists",
    "File name too long",
    "Input/output error",
    "Is a directory",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Operation not permitted",
    "Permission denied",
    "Read-only file system",
    "Stale file handle",
    "Too many levels of symbolic links",
    "Too many open files",
)
"""What Linux and macOS answer most often; it stands in the places of our own sentences."""

_FEWEST_LETTERS = 4
_END = re.compile(r"[.!?]$|: \{\d\}$")
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|WHERE|UNION|MATCH)\b")
_SHOWN: Mapping[str, tuple[int | str, ...]] = {
    "ModelSpec": ("name", "limits"),
    "DecodeFailure": (1, "reason"),
}
"""Arguments of values that the window shows, by the value's name."""


@dataclass(slots=True)
class Gathered:
    """What was found.

    Attributes:
        templates: texts for people, with places as `str.format` writes them.
        unresolved: "file:line" of errors for people whose words could not be found.
    """

    templates: set[str] = field(default_factory=set)
    unresolved: list[str] = field(default_factory=list)


def gather(package: Path = PACKAGE) -> Gathered:
    """Every text of the core that can reach the window, and the errors whose text could not be found."""
    files = [
        file
        for file in read_sources(package, ROOMS)
        if file.path.relative_to(package).as_posix() not in NOT_IN_THE_WINDOW
    ]
    errors = _kinds_of_known_errors(files)
    found = Gathered({*SYSTEM, *_model_names()})
    for file in files:
        for scope in file.scopes():
            _gather_scope(scope, errors, found)
    return found


def _model_names() -> Iterator[str]:
    """Names of the models that can be had."""
    return (entry["name"] for entry in tomllib.loads(MODELS.read_text("utf-8"))["model"])


def _kinds_of_known_errors(files: Iterable[SourceFile]) -> set[str]:
    """Names of `KnownError`, of all that derive from it, and of what carries a reason in its stead."""
    bases = {name: bases for file in files for name, bases in file.classes.items()}
    kinds = {"KnownError"}
    while more := {name for name, of in bases.items() if name not in kinds and kinds & of}:
        kinds |= more
    return kinds


def _gather_scope(scope: Scope, errors: set[str], found: Gathered) -> None:
    for node in scope.texts(skip=_is_for_developers):
        for template in _templates(scope, node, found):
            if _reads_like_a_sentence(template):
                _add(template, found)
    for call in scope.calls():
        for words in _words_for_people(call, errors):
            templates = list(_templates(scope, words, found))
            if not templates and not _passes_on(words):
                found.unresolved.append(f"{scope.file.path.relative_to(ROOT).as_posix()}:{call.lineno}")
            for template in templates:
                _add(template, found)


def _words_for_people(call: ast.Call, errors: set[str]) -> list[ast.expr]:
    """Those arguments of a call that people read."""
    name = name_called(call)
    shown: tuple[int | str, ...] = (0,) if name in errors else _SHOWN.get(name, ())
    by_place = [call.args[place] for place in shown if isinstance(place, int) and place < len(call.args)]
    return by_place + [keyword.value for keyword in call.keywords if keyword.arg in shown]


def _passes_on(words: ast.expr) -> bool:
    """Whether it is another error's text, kept or taken (gathered where that is raised), or nothing."""
    taken = isinstance(words, ast.Call) and name_called(words) == "str"
    return taken or isinstance(words, ast.Attribute | ast.Constant)


def _templates(scope: Scope, node: ast.expr, found: Gathered) -> Iterator[str]:
    """What an expression may say; texts that stand in its places go to `found` by themselves."""
    for choice, home in scope.choices(node):
        if isinstance(choice, ast.Call):
            yield from _counted(choice)
            continue
        parts: list[str] = []
        places = 0
        for part in home.parts(choice):
            if isinstance(part, str):
                parts.append(part.replace("{", "{{").replace("}", "}}"))
                continue
            parts.append(f"{{{places}}}")
            places += 1
            for fragment in _templates(home, part, found):
                _add(fragment, found)
        yield "".join(parts)


def _counted(call: ast.Call) -> tuple[str, str]:
    """What `counted(number, noun, plural)` says of one and of others."""
    nouns = [str(argument.value) for argument in call.args[1:] if isinstance(argument, ast.Constant)]
    return f"1 {nouns[0]}", "{n} " + (nouns[1] if len(nouns) > 1 else nouns[0] + "s")


def _add(template: str, found: Gathered) -> None:
    letters = sum(character.isalpha() for character in template)
    if letters - template.count("{n}") >= _FEWEST_LETTERS and " " in template and not _SQL.search(template):
        found.templates.add(template)


def _reads_like_a_sentence(template: str) -> bool:
    start = template.lstrip()[:1]
    return (start.isupper() or start == "{") and _END.search(template) is not None


def _is_for_developers(call: ast.Call) -> bool:
    name = name_called(call)
    return name in _FOR_DEVELOPERS or name in _BUGS


def as_source(templates: Iterable[str]) -> str:
    """A Python file that lupdate reads the templates from."""
    lines = (f"QT_TRANSLATE_NOOP({json.dumps(CONTEXT)}, {_quoted(template)})" for template in templates)
    return "from PySide6.QtCore import QT_TRANSLATE_NOOP\n\n" + "\n".join(lines) + "\n"


def _quoted(template: str) -> str:
    return json.dumps(template, ensure_ascii=False)


def main() -> int:
    """Write the list that the window reads, and the file for lupdate whose path is the argument."""
    templates = sorted(gather().templates)
    LIST.write_text(json.dumps(templates, ensure_ascii=False, indent=0) + "\n", "utf-8")
    Path(sys.argv[1]).write_text(as_source(templates), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
