"""What goes wrong with models that a cluster runs, in words: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from imgsearch_desktop.adapters.elasticsearch.errors import reason_of
from imgsearch_desktop.domain.errors import EngineError

LOCALLY = "Searches are encoded on this computer meanwhile."


@contextmanager
def told_of_model(address: str, model_id: str) -> Iterator[None]:
    """Turn what Elasticsearch says about models into an `EngineError`; what is about the server passes.

    Args:
        address: of the server, as people know it.
        model_id: of the model there.
    """
    from elastic_transport import ApiError

    try:
        yield
    except ApiError as error:
        body = error.body if isinstance(error.body, Mapping) else {}
        words = model_trouble(int(error.meta.status), body.get("error"), address, model_id)
        if words is None:
            raise
        raise EngineError(words) from error


def model_trouble(status: int, error: Any, address: str, model_id: str) -> str | None:
    """What an answer about a model means, None where it is about the server as a whole.

    Args:
        status: of HTTP.
        error: the part `error` of its body, a mapping with `type` and `reason`, or a text.
        address: of the server, as people know it.
        model_id: of the model there.
    """
    reason, at = _outer_reason(error), f"Elasticsearch at {address}"
    if status in (400, 405, 501) and "no handler found" in reason:
        return (
            f"{at} has no machine learning, so it can run no model. {LOCALLY} Where it is wanted, turn on"
            " xpack.ml.enabled there."
        )
    if status == 403 and "license" in reason:
        return (
            f"The licence of {at} does not include machine learning, so it can run no model. {LOCALLY}"
            " A trial or Platinum licence has it."
        )
    if status == 404:
        return (
            f"The model {model_id} is not on {at}. {LOCALLY} Upload it with: imgsearch engine upload-model."
        )
    if status == 409:
        return (
            f"The model {model_id} on {at} is not started. {LOCALLY} Start it with: imgsearch engine"
            " upload-model; what is there already is not uploaded again."
        )
    if _lacks_room(reason):
        return (
            f"No machine learning node of {at} has enough memory free for the model {model_id}, or there is"
            f" no such node ({reason}). {LOCALLY} Add a node with the role ml, or stop another model there."
        )
    return None


def deployment_trouble(reason: str, address: str, model_id: str) -> str:
    """What it means that a model does not start.

    Args:
        reason: what Elasticsearch says, "" for nothing.
        address: of the server, as people know it.
        model_id: of the model there.
    """
    known = model_trouble(429, {"reason": reason}, address, model_id)
    said = f" ({reason.rstrip('.')})" if reason else ""
    return known or (
        f"The model {model_id} could not be started on Elasticsearch at {address}{said}. {LOCALLY} Its log"
        " says more."
    )


def _outer_reason(error: Any) -> str:
    """The reason with what caused it: Elasticsearch puts the telling part in either."""
    if not isinstance(error, Mapping):
        return str(error or "").rstrip(".")
    outer, inner = str(error.get("reason") or "").rstrip("."), reason_of(error)
    return outer if inner in outer else f"{outer}: {inner}"


def _lacks_room(reason: str) -> bool:
    lowered = reason.lower()
    return (
        "ml node" in lowered or "sufficient capacity" in lowered or "insufficient available memory" in lowered
    )
