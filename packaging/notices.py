"""Write THIRD_PARTY.md from the base lock and what is installed; `--check` says whether it is true.

The check fails on a package or a native library in a wheel that nobody has reviewed, on a licence claim that
the review does not cover, on GPL and AGPL, and on a THIRD_PARTY.md that is out of date.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
REVIEW = ROOT / "packaging" / "reviewed_licences.toml"
NOTICES = ROOT / "THIRD_PARTY.md"

_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+))?", re.MULTILINE)
_NATIVE = re.compile(r"(?:^|/)(?P<stem>lib\w+?)(?:-[0-9a-f]{8})*(?:\.\d+)*\.(?:so(?:\.\d+)*|dylib|dll)$")
_COPYLEFT = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public", re.IGNORECASE)

HEAD = """# Third-party notices

ImgSearch Desktop is licensed under the Apache License 2.0 (see LICENSE). It is installed together with the
packages below, which are not part of this repository; each comes with the full text of its licence, in its
`*.dist-info` folder or in the package itself. This file is written by `make notices` from the base lock and
what is installed.

"""


@dataclass(frozen=True)
class Package:
    """One line of the table: a package of the base lock, with what the review says about it."""

    name: str
    versions: tuple[str, ...]
    licence: str
    copyright: str
    home: str
    note: str


def pins() -> dict[str, list[tuple[str, str]]]:
    """(version, environment marker) pairs of each package of the base lock."""
    found: dict[str, list[tuple[str, str]]] = {}
    for match in _PIN.finditer(LOCK.read_text(encoding="utf-8")):
        found.setdefault(match["name"], []).append((match["version"], (match["marker"] or "").strip()))
    return found


def packages(review: Mapping[str, Mapping[str, str]]) -> list[Package]:
    """Every reviewed package of the lock, by name."""
    rows = []
    for name, versions in sorted(pins().items()):
        facts = review.get(name)
        if facts is None:
            continue
        rows.append(
            Package(
                name,
                tuple(version for version, _ in versions),
                facts["licence"],
                facts.get("copyright") or _copyright(name),
                facts.get("home") or _home(name),
                facts.get("note", ""),
            )
        )
    return rows


def problems(review: Mapping[str, Mapping[str, str]], native: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the licences, one sentence each."""
    locked = pins()
    yield from (
        f"{name} is in the base lock and its licence is not reviewed"
        for name in locked.keys() - review.keys()
    )
    yield from (f"{name} is reviewed and not in the base lock" for name in review.keys() - locked.keys())
    for name in sorted(locked.keys() & review.keys()):
        licence = review[name]["licence"]
        if _is_copyleft(licence):
            yield f"{name} is under {licence}"
        distribution = _distribution(name)
        if distribution is None:
            if not any(marker for _, marker in locked[name]):
                yield f"{name} is not installed"
            continue
        claim = _claim(distribution)
        if _is_copyleft(claim) and claim != review[name].get("offered"):
            yield f"{name} says its licence is {claim!r}, and the review does not cover that"
        for library in sorted(set(_native_libraries(distribution))):
            known = next((words for start, words in native.items() if library.startswith(start)), None)
            if known is None:
                yield f"{name} carries the native library {library}, which is not reviewed"
            elif _is_copyleft(known):
                yield f"{name} carries {known}"


def render(rows: list[Package], native: Mapping[str, str]) -> str:
    """The text of THIRD_PARTY.md."""
    lines = ["| package | version | licence | copyright |", "|---|---|---|---|"]
    for row in rows:
        name = f"[{row.name}]({row.home})" if row.home else row.name
        lines.append(f"| {name} | {', '.join(row.versions)} | {row.licence} | {row.copyright} |")
    lines += ["", "## Remarks", ""]
    lines += [f"- **{row.name}**: {row.note}." for row in rows if row.note]
    lines += ["", "## Native libraries inside the packages", ""]
    lines += [f"- {words}" for words in sorted(set(native.values()), key=str.casefold)]
    return HEAD + "\n".join(lines) + "\n"


def _is_copyleft(licence: str) -> bool:
    """GPL or AGPL without a way out: not the LGPL, not the compiler's run-time exception."""
    allowed = re.sub(r"GPL-3\.0-or-later WITH GCC-exception-3\.1|LGPL[\w.+-]*", "", licence)
    return bool(_COPYLEFT.search(allowed))


def _distribution(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _claim(distribution: importlib.metadata.Distribution) -> str:
    """What a package says about its licence; long texts in the field count by their first line."""
    said = _field(distribution, "License-Expression") + _field(distribution, "License")
    said += [line for line in _field(distribution, "Classifier") if line.startswith("License ::")]
    return "; ".join(words.strip().splitlines()[0] for words in said if words.strip() not in ("", "UNKNOWN"))


def _field(distribution: importlib.metadata.Distribution, name: str) -> list[str]:
    return distribution.metadata.get_all(name) or []


def _native_libraries(distribution: importlib.metadata.Distribution) -> Iterator[str]:
    for file in distribution.files or []:
        inside_qt = "/plugins/" in str(file) or "/qml/" in str(file)
        if not inside_qt and (match := _NATIVE.search(str(file))):
            yield match["stem"]


def _copyright(name: str) -> str:
    """The first copyright line of the licence files that come with a package."""
    distribution = _distribution(name)
    for file in (distribution.files or []) if distribution else []:
        if re.search(r"dist-info/(?:.*/)?(?:LICEN[SC]E|COPYING|AUTHORS)[^/]*$", str(file)):
            text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            if match := re.search(
                r"^[ #*]*(Copyright (?:\(c\)|©|\d|by|the).*?)\s*$", text, re.IGNORECASE | re.MULTILINE
            ):
                return match[1].replace("|", "/")
    return ""


def _home(name: str) -> str:
    distribution = _distribution(name)
    if distribution is None:
        return ""
    urls = dict(line.split(", ", 1) for line in _field(distribution, "Project-URL"))
    by_label = {label.lower(): url for label, url in urls.items()}
    named = [by_label.get(label) for label in ("homepage", "repository", "source", "source code", "github")]
    return next((url for url in [*named, *_field(distribution, "Home-page")] if url), "")


def main() -> int:
    """Write the notices, or with `--check` only look."""
    with REVIEW.open("rb") as stream:
        data = tomllib.load(stream)
    found = list(problems(data["packages"], data["native"]))
    text = render(packages(data["packages"]), data["native"])
    if "--check" not in sys.argv[1:]:
        NOTICES.write_text(text, encoding="utf-8")
    elif not NOTICES.exists() or NOTICES.read_text(encoding="utf-8") != text:
        found.append("THIRD_PARTY.md is out of date: `make notices` writes it")
    for problem in found:
        sys.stderr.write(f"licences: {problem}\n")
    if not found:
        sys.stdout.write(f"licences: {len(pins())} packages reviewed, no GPL, no AGPL\n")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
