"""Takes the previews out of camera files (`ports.PreviewReader`)."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging.metadata.exif_thumbnail import (
    HEAD_BYTES,
    exif_orientation,
    exif_thumbnail,
)
from imgsearch_desktop.application.ports import Preview


class EmbeddedPreviews:
    """Reads the beginning of a file only, nothing is decoded: thousands in a second."""

    def read(self, path: bytes) -> Preview | None:
        """The preview inside a JPEG file."""
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - the path is bytes
                head = file.read(HEAD_BYTES)
        except OSError:
            return None
        data = exif_thumbnail(head)
        return Preview(data, exif_orientation(head)) if data is not None else None
