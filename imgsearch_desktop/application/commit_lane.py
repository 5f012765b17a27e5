"""A lane beside the main loop: one batch is encoded and committed while the next files are read."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from types import TracebackType

from imgsearch_desktop.application.index_batch import Batch, BatchWriter


class CommitLane:
    """Commits one batch at a time on a thread of its own; a context manager.

    Leaving waits for the batch under way, which is then durable: stopping loses nothing that was encoded.
    """

    def __init__(self, writer: BatchWriter) -> None:
        self._writer = writer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index-commit")
        self._batch: Batch | None = None
        self._future: Future[None] | None = None

    def __enter__(self) -> CommitLane:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=True)

    @property
    def busy(self) -> bool:
        """Whether a batch is inside that has not been collected."""
        return self._future is not None

    def start(self, batch: Batch) -> None:
        """Commit a batch in the background; the lane must not be busy."""
        self._batch, self._future = batch, self._thread.submit(self._writer.commit, batch)

    def collect(self, timeout_s: float) -> Batch | None:
        """The batch under way once it is durable, None when it takes longer or there is none.

        Raises:
            KnownError: it could not be committed; nothing of it is stored.
        """
        if self._future is None:
            return None
        try:
            self._future.result(timeout_s)
        except FutureTimeoutError:
            if not self._future.done():
                return None
            raise
        batch, self._batch, self._future = self._batch, None, None
        return batch
