"""What a command shows: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A name as it can be shown: control characters, stray bytes and direction marks become visible.

    A file name must not move the cursor, break a line or turn the reading direction.
    """
    return _UNPRINTABLE.sub(lambda match: _visible(match[0]), text)


def _visible(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # a byte that is no UTF-8, as `os.fsdecode` hands it over
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def to_json(value: object) -> str:
    r"""JSON text that is always valid UTF-8.

    A byte that is no text in a path is written `\udcXX`, which `os.fsencode` turns back into that byte.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Screen:
    """stdout for results, stderr for the rest.

    Attributes:
        json: results are wanted as JSON; notes on stderr stay plain.
    """

    def __init__(self) -> None:
        self.json = False

    @cached_property
    def results(self) -> Console:
        """The console on stdout."""
        from rich.console import Console

        return Console(file=sys.stdout, highlight=False, soft_wrap=True)

    @cached_property
    def notes(self) -> Console:
        """The console on stderr."""
        from rich.console import Console

        return Console(file=sys.stderr, highlight=False, soft_wrap=True)

    @property
    def interactive(self) -> bool:
        """Whether a person watches the results appear."""
        return sys.stdout.isatty()

    def result(self, value: Any) -> None:
        """Print a result as JSON."""
        _write(to_json(value) + "\n")

    def line(self, text: str = "", style: str | None = None) -> None:
        """Print one line of a result, without reading markup out of it."""
        self.results.print(text, style=style, markup=False)

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Print rows for other programs: columns separated by tabs, nothing cut."""
        for row in rows:
            _write("\t".join(printable(cell) for cell in row) + "\n")

    def note(self, text: str, style: str | None = None) -> None:
        """Say something beside the result."""
        self.notes.print(text, style=style, markup=False)

    def error(self, text: str) -> None:
        """Say in one line why the command ends."""
        message = " ".join(text.split())
        try:
            from rich.text import Text

            self.notes.print(Text.assemble(("imgsearch: ", "bold red"), printable(message)))
        except (OSError, ValueError):  # nobody is there to read it
            return


def _write(text: str) -> None:
    """Write UTF-8 whatever the terminal's encoding is said to be: programs read this."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()
