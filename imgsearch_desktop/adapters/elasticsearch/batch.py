"""What is to be stored of a batch: each photo once, in its newest state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imgsearch_desktop.adapters.elasticsearch.bulk import Operation
from imgsearch_desktop.adapters.elasticsearch.photo_document import deletion_source, photo_source, refusal
from imgsearch_desktop.application.ports import IndexDeletion, IndexDocument
from imgsearch_desktop.domain.photo import PhotoUid


@dataclass(slots=True)
class Batch:
    """What is sent, and what is not.

    Attributes:
        operations: newest state per photo.
        rejected: photos that cannot be stored, with the reason.
    """

    operations: list[Operation] = field(default_factory=list)
    rejected: dict[PhotoUid, str] = field(default_factory=dict)


def batch_of(documents: Sequence[IndexDocument], deletions: Sequence[IndexDeletion], dims: int) -> Batch:
    """Sort out what is to be stored; of equally new states a deletion counts, else the later one."""
    batch = Batch()
    newest: dict[PhotoUid, IndexDocument | IndexDeletion] = {}
    for document in documents:
        reason = refusal(document, dims)
        if reason is not None:
            batch.rejected[document.uid] = reason
        elif _is_newest(document, newest):
            newest[document.uid] = document
    for deletion in deletions:
        if _is_newest(deletion, newest):
            newest[deletion.uid] = deletion
    batch.operations = [_operation(state) for state in newest.values()]
    return batch


def _is_newest(
    state: IndexDocument | IndexDeletion, newest: dict[PhotoUid, IndexDocument | IndexDeletion]
) -> bool:
    known = newest.get(state.uid)
    return known is None or known.change_id <= state.change_id


def _operation(state: IndexDocument | IndexDeletion) -> Operation:
    if isinstance(state, IndexDeletion):
        return Operation(state.uid, state.change_id, deletion_source(state), again=True)
    return Operation(state.uid, state.change_id, photo_source(state))
