"""Whether every photo has its thumbnail, and no thumbnail is without its photo.

Thumbnails are stored before their photos are committed: killed in between, a run leaves some that nobody asks
for. A damaged store loses some for good.
"""

from __future__ import annotations

from collections.abc import Iterator

from imgsearch_desktop.application.ports import Catalogue, ThumbnailStore
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid

CHUNK = 1000
"""Uids looked at in one go."""

FIRST = PhotoUid("")
"""Comes before every uid."""


def check_thumbnails(catalogue: Catalogue, thumbnails: ThumbnailStore) -> list[PhotoId]:
    """Delete the thumbnails of photos that are not in the catalogue and find photos without one.

    Costs next to nothing while there are as many thumbnails as photos. Nothing may be indexed meanwhile.

    Returns:
        Photos without a thumbnail, missing ones included.

    Raises:
        DiskFullError: no room.
        LibraryReadOnlyError: the thumbnails cannot be written.
    """
    if thumbnails.count() == catalogue.photo_count():
        return []
    known, kept = _photos(catalogue), _kept(thumbnails)
    lacking: list[PhotoId] = []
    strays: list[PhotoUid] = []
    photo, uid = next(known, None), next(kept, None)
    while photo is not None or uid is not None:
        if uid is None or (photo is not None and photo[0] < uid):
            assert photo is not None
            lacking.append(photo[1])
            photo = next(known, None)
        elif photo is None or uid < photo[0]:
            strays.append(uid)
            uid = next(kept, None)
        else:
            photo, uid = next(known, None), next(kept, None)
    for at in range(0, len(strays), CHUNK):
        thumbnails.delete_many(strays[at : at + CHUNK])
    return lacking


def _photos(catalogue: Catalogue) -> Iterator[tuple[PhotoUid, PhotoId]]:
    after = FIRST
    while chunk := catalogue.uids(after, CHUNK):
        yield from chunk
        after = chunk[-1][0]


def _kept(thumbnails: ThumbnailStore) -> Iterator[PhotoUid]:
    after = FIRST
    while chunk := thumbnails.uids(after, CHUNK):
        yield from chunk
        after = chunk[-1]
