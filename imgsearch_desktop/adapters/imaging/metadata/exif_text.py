"""Free text in EXIF, without what cameras and programs write there by themselves."""

from __future__ import annotations

import re

from imgsearch_desktop.adapters.imaging.metadata.text import clean, decode
from imgsearch_desktop.adapters.imaging.metadata.tiff import Directory

_DESCRIPTION, _USER_COMMENT = 0x010E, 0x9286
_LONGEST = 65_536

_BOILERPLATE = re.compile(
    r"(?:[\w. ]* )?digital (?:still ?)?camera|digital stillcamera|sony dsc|dcf 1\.0|samsung|kenox.*|<.*>"
    r"|exif[_ ]jpeg(?:[_ ]\w+)?|(?:\w+ )?my beautiful picture|jpeg encoder.*|lead technologies.*"
    r"|(?:r?hdr|r?sdr|cof|dav|rbt|r?ptr|bty|edf|nfh|fbt|mde|qrf|btf|oznor[a-z]*|ozedf)(?:_[a-z0-9]+)*"
    r"|(?:file )?(?:created|written) (?:with|by) .*|creator: .*|binary comment|charset=.*|ascii|unicode"
    r"|\\?dcim\\.*|(?:image )?description|(?:user ?)?comments?|untitled|default|[0-9a-f]{24,}|[\W_]*",
    re.IGNORECASE,
)
"""What cameras and programs write by themselves; the short words are Huawei's."""

_LONGEST_BOILERPLATE = 200


def description_text(image: Directory) -> str | None:
    """ImageDescription, None if only a camera speaks there."""
    return own_words(image.text(_DESCRIPTION))


def user_comment(photo: Directory) -> str | None:
    """UserComment in the character set its first eight bytes name; None if only a camera speaks there."""
    payload = photo.raw(_USER_COMMENT)
    if payload is None:
        return None
    data = bytes(payload[:_LONGEST])
    code, text = data[:8].rstrip(b"\0 ").upper(), data[8:]
    if code == b"UNICODE":
        return own_words(_utf16(text, photo.entries[_USER_COMMENT].order))
    if code == b"JIS":
        return own_words(text.split(b"\0", 1)[0].decode("iso2022_jp", "replace"))
    if code not in (b"ASCII", b""):
        text = data
    return own_words(decode(text.split(b"\0", 1)[0]))


def xp_text(payload: memoryview | None) -> str | None:
    """A text of Windows Explorer (UTF-16, little-endian, whatever the byte order of the file)."""
    return clean(_utf16(bytes(payload[:_LONGEST]), "<")) if payload is not None else None


def own_words(text: str | None) -> str | None:
    """The text, None if cameras or programs write it by themselves or if it is no text at all."""
    words = clean(text)
    if (
        text is None
        or words is None
        or (len(words) <= _LONGEST_BOILERPLATE and _BOILERPLATE.fullmatch(words))
    ):
        return None
    strange = sum(not (char.isprintable() or char.isspace()) or char == "\ufffd" for char in text)
    return words if strange * 10 <= len(text) else None


def _utf16(data: bytes, order: str) -> str:
    """Decode UTF-16; programs disagree on the byte order, so the one that gives plainer text is taken."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").split("\0", 1)[0]
    zeros_first, zeros_second = data[:64:2].count(0), data[1:64:2].count(0)
    if zeros_first != zeros_second:
        order = ">" if zeros_first > zeros_second else "<"
    return data.decode("utf-16-be" if order == ">" else "utf-16-le", "replace").split("\0", 1)[0]
