"""What a file is likely to be, by its name and, where the name says nothing, by its first bytes."""

from __future__ import annotations

import os
import stat
from enum import Enum


class FileKind(Enum):
    """What a file name promises."""

    PICTURE = "picture"
    VIDEO = "video"
    OTHER = "something that is no picture"
    UNKNOWN = "the name says nothing"


def _extensions(names: str) -> frozenset[bytes]:
    return frozenset(name.encode() for name in names.split())


_PICTURES = _extensions(
    "jpg jpeg jpe jfif jif mpo png apng webp gif tif tiff bmp dib avif avifs heic heics heif heifs hif jxl"
    " 3fr ari arw cr2 cr3 crw dcr dcs dng drf erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf ori pef"
    " raf raw rw2 rwl rwz sr2 srf srw x3f"
)
# Pictures in formats that are not read: each is listed among the failures, none is passed by in silence.
_UNSUPPORTED_PICTURES = _extensions(
    "psd psb xcf jp2 j2k j2c jpc jpf jpx ppm pgm pbm pnm pam sgi rgb tga pcx exr hdr dds blp fli flc ico icns"
)
_VIDEOS = _extensions(
    "mp4 mov avi mkv m4v 3gp 3g2 3gpp mts m2ts m2t webm wmv flv f4v mpg mpeg mpe m1v m2v vob ogv ogm"
    " asf divx dv insv lrv braw r3d mxf rm rmvb qt hevc h264"
)
_OTHERS = _extensions(
    "txt md rst rtf log csv tsv json jsonl xml xmp yaml yml toml ini cfg conf plist html htm xhtml mht"
    " css js mjs ts tsx jsx vue php py pyc pyi pyd ipynb c h cc cpp cxx hpp cs java class jar kt go rs"
    " rb pl lua swift sh bash bat cmd ps1 sql diff patch lock map pdf ps eps ai svg svgz indd doc docx"
    " odt xls xlsx ods ppt pptx odp pages numbers key epub mobi tex bib zip rar 7z tar gz tgz bz2 xz zst"
    " lz4 iso img dmg pkg deb rpm apk ipa cab msi whl mp3 m4a aac ogg oga opus flac wav wma aif aiff"
    " aifc mid midi amr ape m3u m3u8 pls cue srt sub idx vtt ass db sqlite sqlite3 db-wal db-shm sqlite-"
    " wal sqlite-shm wal lrcat lrprev lrtemplate cat ndx kra clip afphoto afdesign sketch"
    " fig blend obj fbx stl glb gltf cur pp3 dop cos nks on1 vrd thm aae arp"
    " modd moff ctg sfv md5 sha1 sha256 par2 torrent exe dll so dylib a o lib bin dat bak tmp temp part"
    " partial crdownload download swp lnk url desktop webloc ttf otf woff woff2 eot fon pem crt key gpg"
    " asc sig pst eml msg vcf ics kml kmz gpx npy npz parquet h5 onnx pt pth safetensors pickle pkl"
)
_BY_EXTENSION = {
    **dict.fromkeys(_OTHERS, FileKind.OTHER),
    **dict.fromkeys(_VIDEOS, FileKind.VIDEO),
    **dict.fromkeys(_PICTURES | _UNSUPPORTED_PICTURES, FileKind.PICTURE),
}

_SMALLEST_PICTURE = 24
_LARGEST_UNNAMED_PICTURE = 512 * 1024 * 1024
_HEAD = 16
_SIGNATURES = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (8, b"WEBP"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n"),
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"FOVb"),
    (0, b"\0MRM"),
    (6, b"HEAPCCDR"),
    (0, b"IIRO"),
    (0, b"IIRS"),
    (0, b"MMOR"),
    (0, b"IIU\0"),
    *(
        (4, b"ftyp" + brand)
        for brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
    ),
)
_BITMAP = b"BM"
_BITMAP_PIXELS = range(26, 2048)


def kind_of(name: bytes) -> FileKind:
    """What the extension of a file name promises."""
    stem, dot, extension = name.rpartition(b".")
    if not dot or not stem:
        return FileKind.UNKNOWN
    return _BY_EXTENSION.get(extension.lower(), FileKind.UNKNOWN)


def holds_picture(path: bytes, size: int) -> bool:
    """Look at the first bytes of a file whose name says nothing; False if it cannot be opened."""
    if not _SMALLEST_PICTURE <= size <= _LARGEST_UNNAMED_PICTURE:
        return False
    try:
        with open(path, "rb", buffering=0, opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            head = file.read(_HEAD)
    except OSError:
        return False
    return _is_bitmap(head, size) or any(head.startswith(magic, offset) for offset, magic in _SIGNATURES)


def _open_at_once(path: str | bytes, flags: int) -> int:
    """Open without waiting, should a FIFO have taken the file's place since it was listed."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_bitmap(head: bytes, size: int) -> bool:
    """Whether the header is a BMP's; two letters alone would be any text that begins with "BM"."""
    stated, reserved, pixels = (int.from_bytes(head[at : at + 4], "little") for at in (2, 6, 10))
    return head.startswith(_BITMAP) and reserved == 0 and pixels in _BITMAP_PIXELS and stated <= 2 * size
