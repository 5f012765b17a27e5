"""Errors a user can meet, apart from bugs.

Each message is one or two clear sentences: what happened, what it means, what to do. Anything that is not a
`KnownError` is a bug and goes to the crash report.
"""

from __future__ import annotations


class KnownError(Exception):
    """Something the user can understand and mend; ``str(error)`` is shown as it is."""


class Cancelled(Exception):  # noqa: N818 - a decision of the user, not an error
    """The user stopped the work; everything acknowledged so far is kept."""


class LibraryBusyError(KnownError):
    """Another process holds the library for writing."""


class LibraryReadOnlyError(KnownError):
    """The library directory cannot be written."""


class LibraryTooNewError(KnownError):
    """The catalogue was written by a newer version of the program."""


class LibraryDamagedError(KnownError):
    """The catalogue is damaged beyond what could be repaired; it has been set aside."""


class DiskFullError(KnownError):
    """No room is left on the disk that holds the library or the cache."""


class FolderError(KnownError):
    """A folder cannot be added, read or removed."""


class FolderGoneError(FolderError):
    """There is nothing at a folder's path any more."""


class PhotoUnreadableError(KnownError):
    """A file is not a picture that can be read; the message is the reason, without the path."""


class CopyError(KnownError):
    """One file cannot be copied; others still can be."""


class TrashError(KnownError):
    """A file cannot be moved to the trash; it is still where it was."""


class NoTrashError(TrashError):
    """The volume of the file has no trash; deleting it would be for good."""


class QueryError(KnownError):
    """A query cannot be answered as it was put (an unknown photo, a date that is none)."""


class ModelError(KnownError):
    """A model is missing, damaged or does not fit."""


class EngineError(KnownError):
    """A search engine cannot be reached or refuses the work."""


class WebError(KnownError):
    """A picture cannot be fetched from the web."""
