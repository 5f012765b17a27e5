"""Which metadata files of a folder belong to which of its pictures, by their names alone."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable

_SUPPLEMENT = "supplemental-metadata"
_TAKEOUT_LENGTH = 46
"""Google cuts what stands before ".json" to this many characters."""

_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>\(\d+\))?", re.DOTALL)
_EDITED = re.compile(
    r"(?P<stem>.+)-(?:edited|bearbeitet|modifié|editado|editada|modificato|bewerkt|edytowane|redigerad|redigeret"
    r"|muokattu|upraveno|düzenlendi|编辑|編集済み|edited_\d)",
    re.IGNORECASE,
)

Sidecar = os.DirEntry[bytes]


class SidecarFiles:
    """The XMP and Takeout JSON files of one folder.

    Args:
        entries: the folder's listing; files whose name is not that of a sidecar are passed over.
    """

    def __init__(self, entries: Iterable[Sidecar]) -> None:
        self._xmp: dict[str, Sidecar] = {}
        self._takeout: dict[tuple[str, str], Sidecar] = {}
        for entry in entries:
            name = os.fsdecode(entry.name).casefold()
            if name.endswith(".xmp"):
                self._xmp[name.removesuffix(".xmp")] = entry
            elif name.endswith(".json"):
                self._takeout[_takeout_key(name.removesuffix(".json"))] = entry

    def of(self, name: bytes) -> tuple[Sidecar, ...]:
        """The sidecars of a picture, the most specific first: IMG.jpg.xmp, IMG.xmp, then Takeout's JSON."""
        text = os.fsdecode(name).casefold()
        stem = text.rpartition(".")[0] or text
        found = [self._xmp.get(text), self._xmp.get(stem)]
        if self._takeout:
            found.append(self._takeout_of(text))
        return tuple(dict.fromkeys(entry for entry in found if entry is not None))

    def _takeout_of(self, name: str) -> Sidecar | None:
        stem, dot, extension = name.rpartition(".")
        if not dot:
            stem, extension = name, ""
        edited = _EDITED.fullmatch(stem)
        for candidate in (stem, edited["stem"]) if edited else (stem,):
            parts = _NUMBERED.fullmatch(candidate)
            before, number = (parts["before"], parts["number"] or "") if parts else (candidate, "")
            for title in (f"{before}{dot}{extension}", before):
                for key in ((title, number), (title[:_TAKEOUT_LENGTH], number)):
                    if key in self._takeout:
                        return self._takeout[key]
        return self._takeout.get((name, ""))


def stamp_of(sidecars: Iterable[Sidecar]) -> str:
    """A text that changes when one of the sidecars changes, comes or goes; "" for none.

    Raises:
        OSError: one of them cannot be looked at.
    """
    digest = hashlib.blake2b(digest_size=8)
    empty = True
    for sidecar in sidecars:
        status = sidecar.stat(follow_symlinks=False)
        digest.update(b"%b\0%d\0%d\0" % (sidecar.name, status.st_size, status.st_mtime_ns))
        empty = False
    return "" if empty else digest.hexdigest()


def _takeout_key(name: str) -> tuple[str, str]:
    """Whose JSON it is, and its number: ("img.jpg", "(1)") of "img.jpg.supplemental-metada(1)"."""
    parts = _NUMBERED.fullmatch(name)
    before, number = (parts["before"], parts["number"] or "") if parts else (name, "")
    title, dot, last = before.rpartition(".")
    return (title if dot and _SUPPLEMENT.startswith(last) else before), number
