"""Names of cameras and lenses as people know them."""

from __future__ import annotations

import re

from imgsearch_desktop.adapters.imaging.metadata.text import clean_line

_NAME_LENGTH = 120
_COMPANY = frozenset(
    {"corporation", "corp", "company", "co", "ltd", "inc", "gmbh", "ag", "optical", "electric", "techwin"}
)
_NO_LENS = re.compile(
    r"[-\s?*]*|n/?a|none|unknown.*|manual lens|(?:0(?:\.0)?\s*mm)?\s*f/0(?:\.0)?|0", re.IGNORECASE
)


def camera_name(make: str | None, model: str | None) -> str | None:
    """Merge maker and model without saying the maker twice ("Canon", "Canon EOS 40D" -> "Canon EOS 40D")."""
    maker, name = clean_line(make, _NAME_LENGTH), clean_line(model, _NAME_LENGTH)
    if not maker or not name:
        return name or maker
    known = {word for word in re.split(r"[\W_]+", maker.casefold()) if len(word) > 1}
    first = re.split(r"[\W_]+", name.casefold(), maxsplit=1)[0]
    if first in known:
        return name
    brand = [word for word in maker.split() if not set(re.findall(r"\w+", word.casefold())) & _COMPANY]
    return f"{' '.join(brand).rstrip(' ,') or maker} {name}"


def lens_name(lens: str | None) -> str | None:
    """The lens; None for what cameras write when they do not know it."""
    name = clean_line(lens, _NAME_LENGTH)
    return None if name is None or _NO_LENS.fullmatch(name) else name
