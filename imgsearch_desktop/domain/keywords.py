"""The one tokeniser: the same words match on every engine, whatever the script and spelling.

A text becomes tokens in these steps:

1. `fold`: NFKC, case folded, accents taken off, ł ø đ ß æ ... spelled with plain letters, the digits of
   every script written 0 to 9. "Straße" and "STRASSE", "Łódź" and "Lodz" are the same then.
2. Known picture extensions go (".jpg" says nothing), everything but letters and digits separates words,
   digits part from letters: "IMG_2041.jpg" gives img, 2041.
3. Scripts written without spaces (Chinese, Japanese, Thai, Khmer ...) and Korean, whose words carry endings,
   are cut into single characters and pairs.

Three views of a text:

* `document_tokens` for what is stored: all tokens in order (characters and pairs interleaved, so that a part
  of a text is always a contiguous part of its tokens), then other spellings people may type: the parts of
  camelCase ("SunsetBeach": sunset, beach), and ae, oe, ue, aa for ä, ö, ü, ø, å ("München" is found as
  munchen and as muenchen; not the other way round, for "ue" is rarely an umlaut: blue, fuel, true).
* `phrase_tokens` for a quoted phrase: the first part of the above; adjacent tokens are adjacent words.
* `query_tokens` for free text: distinct, and pairs alone where there is a pair: 東京 does not mean any 東.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

MAX_TEXT = 20_000
"""Characters of one text that are looked at; more is cut off."""

MAX_TOKEN = 64
"""Characters of one token; more is cut off, in documents and queries alike."""

MAX_MARKS = 30
"""Combining marks on one letter; real writing has four at most."""

MAX_QUERY_TOKENS = 32
"""Distinct tokens of one query; nobody asks for more on purpose."""

_EXTENSION = re.compile(
    r"\.(?:jpe?g?|jfif|png|webp|gif|tiff?|bmp|dib|avif|hei[cf]s?|hif|jxl|dng|cr[23w]|nef|nrw|arw|sr[2fw]|raf|orf|rw[2l]"
    r"|pef|x3f|3fr|erf|kdc|dcr|mrw|mos|iiq|fff|xmp|json)(?![^\W_])",
    re.IGNORECASE,
)
_ASCII_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_CAMEL_WORD = re.compile(r"[^\W\d_]*")

_PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t",
        "\u0131": "i", "ŋ": "ng", "ĸ": "k", "ƶ": "z", "ɨ": "i", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e",
    }
)  # fmt: skip
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_ACCENTS = (
    # Latin, Greek, Cyrillic; then Hebrew points; then Arabic vowel signs
    (0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
    (0x0591, 0x05BD), (0x05BF, 0x05C7),
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),
)  # fmt: skip
_TATWEEL = "\u0640"

_NO_SPACES = (
    # Thai, Lao, Burmese, Khmer; then Korean; then Chinese and Japanese
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF),
    (0x1100, 0x11FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x302F), (0x3031, 0x3035), (0x3038, 0x30FA),
    (0x30FC, 0x312F), (0x3131, 0x318E),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x1AFF0, 0x1B2FF), (0x20000, 0x3FFFF),
)  # fmt: skip

_LETTER, _DIGIT, _UNSPACED, _MARK, _NOTHING, _SEPARATOR = range(6)


def fold(text: str) -> str:
    """Take off everything that people spell one way or the other: case, accents, compatibility forms.

    Folding twice changes nothing. Vowel signs of Indic and Thai scripts and the voicing marks of
    Japanese stay: they make other words.
    """
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", _stream_safe(text)).casefold()
    decomposed = unicodedata.normalize("NFKD", composed).translate(_PLAIN_LETTERS)
    kept = "".join(_digit(char) for char in decomposed if not _is_accent(char))
    return unicodedata.normalize("NFC", kept)


def _stream_safe(text: str) -> str:
    """At most `MAX_MARKS` combining marks in a row (UAX 15): sorting longer runs takes quadratic time."""
    if len(text) <= MAX_MARKS:
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def document_tokens(text: str) -> list[str]:
    """Tokens of a text that is stored, in order, repeated ones included; other spellings at the end."""
    text = _without_extensions(text[:MAX_TEXT])
    tokens = list(_interleaved(fold(text)))
    if not (text.isascii() and (text.islower() or text.isupper())):
        known = set(tokens)
        tokens += [token for token in _other_spellings(text) if token not in known]
    return tokens


def phrase_tokens(text: str) -> tuple[str, ...]:
    """Tokens that occur adjacent and in this order in every stored text that holds the phrase."""
    return tuple(_interleaved(fold(_without_extensions(text[:MAX_TEXT]))))


def query_tokens(text: str) -> tuple[str, ...]:
    """Distinct tokens of free text, in order; at most `MAX_QUERY_TOKENS`."""
    tokens: dict[str, None] = {}
    for kind, units in _runs(fold(_without_extensions(text[:MAX_TEXT]))):
        if kind == _UNSPACED and len(units) > 1:
            found = [_cut(a + b) for a, b in pairwise(units)]
        else:
            found = [_cut("".join(units))]
        tokens.update(dict.fromkeys(found))
        if len(tokens) >= MAX_QUERY_TOKENS:
            break
    return tuple(tokens)[:MAX_QUERY_TOKENS]


def is_token(text: str) -> bool:
    """Whether a text could be a token: what is none can match nothing, and is no part of an expression."""
    return text != "" and all(
        char.isalnum() if char.isascii() else not "\ud800" <= char <= "\udfff" for char in text
    )


def _interleaved(folded: str) -> Iterator[str]:
    """All tokens of a folded text; an unspaced run a b c gives a, ab, b, bc, c."""
    for kind, units in _runs(folded):
        if kind == _UNSPACED:
            for index, unit in enumerate(units):
                yield _cut(unit)
                if index + 1 < len(units):
                    yield _cut(unit + units[index + 1])
        else:
            yield _cut("".join(units))


def _runs(folded: str) -> Iterator[tuple[int, list[str]]]:
    """Maximal runs of one kind; a unit is a character with the marks that belong to it."""
    if folded.isascii():
        for match in _ASCII_TOKEN.finditer(folded):
            yield _LETTER, [match.group()]
        return
    kind, units = _SEPARATOR, list[str]()
    for char in folded:
        this = _kind(char)
        if this == _NOTHING:
            continue
        if this == _MARK:
            if units:
                units[-1] += char
            continue
        if this != kind:
            if units:
                yield kind, units
            kind, units = this, []
        if this != _SEPARATOR:
            units.append(char)
    if units:
        yield kind, units


def _other_spellings(text: str) -> Iterator[str]:
    """The parts of camelCase words, and words with ä, ö, ü, ø, å spelled with two letters."""
    composed = unicodedata.normalize("NFKC", _stream_safe(text))
    for match in _CAMEL_WORD.finditer(composed):
        word = match.group()
        parts = list(_camel_parts(word)) if len(word) > 1 else []
        if len(parts) > 1:
            yield from (token for part in parts for token in _interleaved(fold(part)))
        lowered = word.casefold()
        spelled = lowered.translate(_TWO_LETTERS)
        if spelled != lowered:
            yield from _interleaved(fold(spelled))


def _camel_parts(word: str) -> Iterator[str]:
    """Cut before a capital that follows a small letter or begins a small-letter word: HTMLFile, goPro."""
    start = 0
    for index in range(1, len(word)):
        begins = word[index].isupper() and (
            word[index - 1].islower()
            or (word[index - 1].isupper() and index + 1 < len(word) and word[index + 1].islower())
        )
        if begins:
            yield word[start:index]
            start = index
    yield word[start:]


def _without_extensions(text: str) -> str:
    return _EXTENSION.sub(" ", text) if "." in text else text


def _cut(token: str) -> str:
    return token[:MAX_TOKEN]


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None) if char > "\x7f" else None
    return char if value is None else str(value)


@lru_cache(maxsize=8192)
def _is_accent(char: str) -> bool:
    code = ord(char)
    return char == _TATWEEL or any(first <= code <= last for first, last in _ACCENTS)


@lru_cache(maxsize=8192)
def _kind(char: str) -> int:
    category = unicodedata.category(char)
    code = ord(char)
    if category == "Cf" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return _NOTHING  # soft hyphens, joiners, variation selectors: they part no word
    if category[0] == "M":
        return _MARK
    if category == "Nd" or char.isdecimal():
        return _DIGIT
    if category[0] not in "LN":
        return _SEPARATOR
    return _UNSPACED if any(first <= code <= last for first, last in _NO_SPACES) else _LETTER
