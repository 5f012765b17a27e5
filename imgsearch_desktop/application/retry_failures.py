"""Another try for files that could not be indexed, although they have not changed."""

from __future__ import annotations

from collections.abc import Sequence

from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.ports import Catalogue
from imgsearch_desktop.domain.library import Root


class RetryFailures:
    """Marks failures for another try; indexing the returned folders then tries them.

    Args:
        catalogue: keeps the failures.
        failures: what has failed; photos that a model could not see are tried again by every run anyway.
    """

    def __init__(self, catalogue: Catalogue, failures: ListFailures) -> None:
        self._catalogue = catalogue
        self._failures = failures

    def mark(self, paths: Sequence[bytes]) -> tuple[bytes, ...]:
        """Let the next run try these files again.

        Args:
            paths: absolute paths of failed files; others are ignored.

        Returns:
            Absolute paths of the folders (roots) that have to be indexed, those that are away left out.

        Raises:
            LibraryBusyError: another process writes to this library.
        """
        failed = {failure.path for failure in self._failures.all()}
        wanted = [path for path in paths if path in failed]
        if not wanted:
            return ()
        self._catalogue.write(lambda writer: writer.retry_failures(wanted))
        connected = [root for root in self._catalogue.roots() if not root.away]
        return tuple(root.path for root in connected if any(_lies_in(path, root) for path in wanted))


def _lies_in(path: bytes, root: Root) -> bool:
    return path == root.path or path.startswith(root.path.rstrip(b"/") + b"/")
