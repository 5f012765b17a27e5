"""Where each file format keeps its metadata: files written by Pillow, and by hand where it cannot."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import LARGEST_XMP
from imgsearch_desktop.adapters.imaging.metadata.embedded import extract_embedded
from tests.adapters.imaging.metadata.builders import (
    Rational,
    box,
    iptc,
    jpeg,
    rational,
    resource,
    segment,
    tiff,
    xmp,
)
from tests.adapters.imaging.metadata.reading import metadata, read

EXIF = tiff({0x010F: "Canon", 0x0110: "EOS R5", 0x0112: 6})
XMP = xmp("<dc:title>the sea</dc:title>")
IPTC = iptc((2, 25, b"dog"))


def picture(name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(buffer, name, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["JPEG", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_exif_and_xmp_as_pillow_writes_them(name: str, prefix: bytes):
    options: dict[str, object] = {"exif": prefix + EXIF, "xmp": XMP}
    if name == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=bool(prefix))
        options = {"exif": prefix + EXIF, "pnginfo": info}
    if name == "JPEG":
        options["exif"] = b"Exif\0\0" + EXIF
    for image_format in (name.lower(), "something else"):
        reading = read(picture(name, **options), image_format=image_format)
        # Pillow turns the orientation of an AVIF into a property of the picture, where decoders look for it.
        assert reading.orientation == (1 if name == "AVIF" else 6)
        assert (reading.metadata.camera, reading.metadata.title) == ("Canon EOS R5", "the sea")


@pytest.mark.parametrize("name", ["JPEG", "WEBP", "PNG", "AVIF", "GIF", "TIFF", "BMP"])
def test_pictures_without_metadata(name: str):
    found = metadata(picture(name))
    assert (found.camera, found.title, found.keywords) == (None, None, ())


def test_a_tiff_is_its_own_exif():
    data = tiff({0x010F: "Canon", 0x0110: "EOS R5", 700: XMP, 33723: IPTC}, {0x9003: "2019:08:07 12:34:56"})
    found = metadata(data)
    assert (found.camera, found.title, found.keywords) == ("Canon EOS R5", "the sea", ("dog",))
    assert metadata(tiff({34377: resource(0x0404, IPTC)}, order=">")).keywords == ("dog",)


@pytest.mark.parametrize("magic", [b"IIRO", b"IIRS", b"IIU\0"])
def test_raw_formats_with_another_magic_number(magic: bytes):
    data = tiff({0x010F: "OLYMPUS", 0x0110: "E-M1", 0x0112: 8}, magic=magic)
    assert read(data).orientation == 8
    assert read(data).metadata.camera == "OLYMPUS E-M1"


class TestJpeg:
    def test_iptc_among_other_resources(self):
        assert metadata(jpeg(iptc=IPTC)).keywords == ("dog",)

    def test_iptc_spread_over_two_segments(self):
        resources = resource(0x0404, iptc(*((2, 25, b"word%d" % n) for n in range(50))))
        parts = [segment(0xED, b"Photoshop 3.0\0" + part) for part in (resources[:100], resources[100:])]
        assert len(metadata(jpeg(more=parts)).keywords) == 50

    def test_xmp_too_long_for_one_segment_is_put_together(self):
        more = xmp("<dc:title>from the extension</dc:title>", wrapped=False)
        name = b"http://ns.adobe.com/xmp/extension/\0" + b"0123456789ABCDEF" * 2
        parts = [
            segment(0xE1, name + struct.pack(">II", len(more), begin) + more[begin : begin + 100])
            for begin in range(0, len(more), 100)
        ]
        data = jpeg(xmp=xmp("", 'xmp:Rating="3"'), more=list(reversed(parts)))
        found = metadata(data)
        assert (found.title, found.rating) == ("from the extension", 3)

    def test_extended_xmp_that_holds_a_depth_map_is_left_alone(self):
        name = b"http://ns.adobe.com/xmp/extension/\0" + b"0123456789ABCDEF" * 2
        parts = [segment(0xE1, name + struct.pack(">II", 0, 0) + bytes(65_000))] * (LARGEST_XMP // 65_000 + 2)
        assert len(extract_embedded(jpeg(xmp=XMP, more=parts), "jpeg").xmp) == 1

    def test_stray_and_fill_bytes_between_segments(self):
        data = b"\xff\xd8" + segment(0xFE, b"comment") + b"\0\0\0\xff\xff\xff\xff" + jpeg(EXIF)[3:]
        assert read(data).orientation == 6

    def test_exif_after_other_segments_and_only_the_first_counts(self):
        other = segment(0xE1, b"Exif\0\0" + tiff({0x0112: 3}))
        data = (
            b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xFE, b"comment") + jpeg(EXIF, more=[other])[2:]
        )
        assert read(data).orientation == 6

    def test_metadata_after_the_picture_do_not_count(self):
        assert read(jpeg() + segment(0xE1, b"Exif\0\0" + EXIF)).orientation == 1


class TestPng:
    def chunk(self, kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    def png(self, *chunks: bytes) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + b"".join([*chunks, self.chunk(b"IEND", b"")])

    def profile(self, data: bytes, name: bytes) -> bytes:
        return b"\n" + name + b"\n%8d\n" % len(data) + data.hex().encode() + b"\n"

    @pytest.mark.parametrize("compressed", [True, False])
    def test_profiles_as_imagemagick_writes_them(self, compressed: bool):
        chunks = []
        for name, data in ((b"exif", b"Exif\0\0" + EXIF), (b"iptc", resource(0x0404, IPTC)), (b"xmp", XMP)):
            text = self.profile(data, name)
            keyword = b"Raw profile type " + name + b"\0"
            if compressed:
                chunks.append(self.chunk(b"zTXt", keyword + b"\0" + zlib.compress(text)))
            else:
                chunks.append(self.chunk(b"tEXt", keyword + text))
        reading = read(self.png(*chunks))
        assert reading.orientation == 6
        assert (reading.metadata.title, reading.metadata.keywords) == ("the sea", ("dog",))

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"XML:com.adobe.xmp",
            b"XML:com.adobe.xmp\0",
            b"XML:com.adobe.xmp\0\1\0",
            b"XML:com.adobe.xmp\0\1\0\0\0not compressed",
            b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(50_000_000)),
            b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 4\nzzzz"),
            b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 4\n\xff\xff"),
            b"Raw profile type exif\0\0" + zlib.compress(b"\nexif"),
        ],
    )
    def test_broken_chunks_say_nothing(self, content: bytes):
        data = self.png(
            self.chunk(b"iTXt", content), self.chunk(b"zTXt", content), self.chunk(b"eXIf", content)
        )
        found = metadata(data)
        assert (found.camera, found.title) == (None, None)

    def test_metadata_after_the_picture_count(self):
        assert read(self.png(self.chunk(b"IDAT", bytes(100)), self.chunk(b"eXIf", EXIF))).orientation == 6


def test_gif_keeps_xmp_in_an_application_extension():
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    extension = b"\x21\xff\x0bXMP DataXMP" + XMP + trailer
    data = picture("GIF")
    assert metadata(data[:-1] + extension + b"\x3b").title == "the sea"
    assert metadata(data[:-1] + extension[:-300]).title is None


class TestBoxes:
    def heif(
        self, *, iloc_version: int = 1, infe_version: int = 2, in_idat: bool = False, brand: bytes = b"heic"
    ) -> bytes:
        """A HEIC with an Exif item and an XMP item, in either place and several versions of the tables."""
        items = [
            (b"Exif\0", struct.pack(">I", 6) + b"Exif\0\0" + EXIF),
            (b"mime\0application/rdf+xml\0", XMP),
        ]
        numbered = list(enumerate(items, 1))
        width = "I" if infe_version == 3 else "H"
        entries = b"".join(
            box(b"infe", bytes([infe_version, 0, 0, 0]) + struct.pack(f">{width}H", number, 0) + kind)
            for number, (kind, _) in numbered
        )
        iinf = box(b"iinf", bytes(4) + struct.pack(">H", len(items)) + entries)
        ftyp = box(b"ftyp", brand + bytes(4) + brand)
        content = b"".join(data for _, data in items)

        def meta(base: int) -> bytes:
            width = "I" if iloc_version == 2 else "H"
            table = bytes([iloc_version, 0, 0, 0, 0x44, 0x40]) + struct.pack(f">{width}", len(items))
            offset = 0
            for number, (_, data) in numbered:
                table += struct.pack(f">{width}", number)
                if iloc_version:
                    table += struct.pack(">H", 1 if in_idat else 0)
                table += struct.pack(">HIHII", 0, base, 1, offset, len(data))
                offset += len(data)
            idat = box(b"idat", content) if in_idat else b""
            return box(b"meta", bytes(4) + iinf + box(b"iloc", table) + idat)

        base = 0 if in_idat else len(ftyp) + len(meta(0)) + 8
        return ftyp + meta(base) + (b"" if in_idat else box(b"mdat", content))

    @pytest.mark.parametrize(
        ("iloc_version", "infe_version", "in_idat"),
        [(0, 2, False), (1, 2, False), (2, 3, False), (1, 2, True), (2, 3, True)],
    )
    def test_heic_items(self, iloc_version: int, infe_version: int, in_idat: bool):
        data = self.heif(iloc_version=iloc_version, infe_version=infe_version, in_idat=in_idat)
        reading = read(data, image_format="heic")
        assert reading.orientation == 6
        assert (reading.metadata.camera, reading.metadata.title) == ("Canon EOS R5", "the sea")

    def test_items_beyond_the_end_say_nothing(self):
        data = self.heif()
        assert read(data[: -len(EXIF + XMP)]).metadata.camera is None

    @pytest.mark.parametrize(
        "offset", [struct.pack(">I", 0), struct.pack(">I", 6) + b"Exif\0\0", b"\xff\xff\xff\xff"]
    )
    def test_jpeg_xl(self, offset: bytes):
        data = (
            b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"jxlc", bytes(40))
            + box(b"Exif", offset + EXIF) + box(b"xml ", XMP)
        )  # fmt: skip
        reading = read(data, image_format="jxl")
        assert reading.orientation == 6
        assert reading.metadata.title == "the sea"

    def test_a_bare_jpeg_xl_codestream_has_none(self):
        assert metadata(b"\xff\x0a" + bytes(50)).title is None

    def test_cr3_keeps_its_directories_apart(self):
        canon = (
            box(b"CMT1", tiff({0x010F: "Canon", 0x0110: "Canon EOS R5", 0x0112: 8}))
            + box(b"CMT2", tiff({0x9003: "2019:08:07 12:34:56", 0x8827: 400}))
            + box(b"CMT3", tiff({1: 2}))
            + box(b"CMT4", tiff({1: "S", 2: _degrees(33), 3: "E", 4: _degrees(70)}))
        )
        data = (
            box(b"ftyp", b"crx \0\0\0\1crx isom")
            + box(b"moov", box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + canon))
            + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP)
        )
        reading = read(data, image_format="cr3")
        found = reading.metadata
        assert reading.orientation == 8
        assert (found.camera, found.title, found.exposure.iso) == ("Canon EOS R5", "the sea", 400)
        assert found.gps is not None
        assert (found.gps.latitude, found.gps.longitude) == (-33.0, 70.0)
        assert found.date_taken is not None
        assert found.date_taken.local.year == 2019

    def test_a_box_as_long_as_the_rest_and_one_with_a_long_length(self):
        exif = box(b"Exif", bytes(4) + EXIF)
        long = struct.pack(">I4sQ", 1, b"jxlc", 16 + 40) + bytes(40)
        head = b"\0\0\0\x0cJXL \r\n\x87\n"
        assert read(head + long + exif).orientation == 6
        assert read(head + struct.pack(">I", 0) + exif[4:]).orientation == 6


def test_raf_is_read_through_the_jpeg_in_it():
    inside = jpeg(EXIF, XMP)
    data = b"FUJIFILMCCD-RAW 0201" + bytes(64) + struct.pack(">II", 100, len(inside)) + bytes(8) + inside
    reading = read(data, image_format="raf")
    assert reading.orientation == 6
    assert reading.metadata.title == "the sea"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\xff\xd8", b"II", b"\x89PNG\r\n\x1a\n", b"RIFF", b"hello, world, how are you?"]
)
def test_files_that_end_at_once(data: bytes):
    for image_format in (
        "jpeg",
        "png",
        "webp",
        "gif",
        "tiff",
        "heic",
        "avif",
        "jxl",
        "raf",
        "cr3",
        "nef",
        "",
    ):
        found = extract_embedded(data, image_format)
        assert (found.xmp, found.iptc) == ((), None)
        assert read(data, image_format=image_format).orientation == 1


def test_a_view_of_a_larger_buffer_is_read_as_it_is():
    assert read(memoryview(b"??" + jpeg(EXIF))[2:].tobytes()).orientation == 6
    assert len(extract_embedded(memoryview(b"??" + jpeg(EXIF))[2:], "jpeg").exif) == 1


def _degrees(whole: int) -> Rational:
    return rational((whole, 1))
