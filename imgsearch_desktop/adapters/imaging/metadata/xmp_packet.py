"""XMP packets: properties of RDF in XML, read without ever following an entity.

Source of the layout: ISO 16684-1 (XMP); only what photos use is read: plain values, lists and languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import LARGEST_XMP

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = frozenset({f"{_RDF}Alt", f"{_RDF}Bag", f"{_RDF}Seq"})
_OPENING = re.compile(rb"<(?:\w{1,20}:)?(?:xmpmeta|xapmeta|RDF)\b")
_CLOSINGS = (b"xmpmeta>", b"xapmeta>", b"RDF>")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MAX_VALUES = 2000


@dataclass(frozen=True, slots=True)
class XmpPacket:
    """The properties of a packet.

    Attributes:
        properties: values by "{namespace}name"; of texts in several languages the default one comes first.
        people: names of the faces marked in the photo.
    """

    properties: dict[str, list[str]] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        """All values of a property, [] if it is absent."""
        return self.properties.get(name, [])

    def text(self, name: str) -> str | None:
        """The first value that is not blank."""
        return next((value for value in self.values(name) if value.strip()), None)


def parse_xmp(data: bytes) -> XmpPacket | None:
    """Parse a packet or a sidecar file; None where it is too large or no XMP can be made out in it."""
    if len(data) > LARGEST_XMP:
        return None
    root = _parse(data)
    if root is None:
        return None
    properties: dict[str, list[str]] = {}
    rdf = root if root.tag == f"{_RDF}RDF" else root.find(f".//{_RDF}RDF")
    for description in rdf if rdf is not None else ():
        for name, values in _properties(description):
            properties.setdefault(name, values)
    return XmpPacket(properties, tuple(_people(root)))


def _parse(data: bytes) -> Element | None:
    """Parse as it stands; failing that, from the first tag to the last, then that part as Latin-1."""
    if data.startswith(_UTF16_MARKS):
        data = data.decode("utf-16", "replace").encode()
    stripped = data.strip(b"\0 \r\n\t")
    opening = _OPENING.search(stripped)
    end = max(stripped.rfind(closing) + len(closing) for closing in _CLOSINGS)
    attempts = [stripped]
    if opening and opening.start() < end:
        packet = stripped[opening.start() : end]
        attempts += [packet, packet.decode("latin-1").encode()]
    for attempt in attempts:
        root = _parse_strictly(attempt)
        if root is not None:
            return root
    return None


def _parse_strictly(data: bytes) -> Element | None:
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        return None
    return root


def _properties(description: Element) -> Iterator[tuple[str, list[str]]]:
    for name, value in description.attrib.items():
        yield name, [value]
    for child in description:
        values = _values(child)
        if values:
            yield child.tag, values


def _values(element: Element) -> list[str]:
    """The values of a property: its text, or the items of its list, the default language's first."""
    for child in element:
        if child.tag in _LISTS:
            items = [item for item in child if item.tag == f"{_RDF}li"][:_MAX_VALUES]
            items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
            return [text for item in items if (text := _own_text(item))]
    text = _own_text(element) or element.get(f"{_RDF}resource")
    return [text] if text else []


def _own_text(element: Element) -> str | None:
    """The text of an element, also where it stands in `rdf:value` because qualifiers were added."""
    if element.text and element.text.strip():
        return element.text
    name = f"{_RDF}value"
    for holder in (element, element.find(f"{_RDF}Description")):
        text = holder.findtext(name) or holder.get(name) if holder is not None else None
        if text:
            return text
    return None


_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_FACE_NAME = "{http://ns.microsoft.com/photo/1.2/t/Region#}PersonDisplayName"


def _people(root: Element) -> Iterator[str]:
    for element in root.iter():
        names = element.get(f"{_REGIONS}Name") or element.findtext(f"{_REGIONS}Name")
        kind = element.get(f"{_REGIONS}Type") or element.findtext(f"{_REGIONS}Type")
        if names and kind in (None, "Face"):
            yield names
        face = element.get(_FACE_NAME) or element.findtext(_FACE_NAME)
        if face:
            yield face
