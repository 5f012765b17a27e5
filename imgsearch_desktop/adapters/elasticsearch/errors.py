"""What goes wrong with a server, in words: what happened, what it means, what to do; never a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from imgsearch_desktop.domain.errors import EngineError

_GRANTED_BY = re.compile(r"granted by the (index|cluster) privileges \[([\w:/,*. -]+)\]")
_ACTION = re.compile(r"action \[([\w:/*\[\]-]+)\] is unauthorized")

WRITING = "indices:data/write"
READING = "indices:data/read"


_STRANGE = (400, 404, 405, 501)
"""How any other web server answers to what it does not know; Elasticsearch signs such an answer."""


class ServerAwayError(EngineError):
    """The server cannot be reached, or does not answer in time."""


class ServerBusyError(EngineError):
    """The server is there and cannot take the work just now; later it may."""


class UntrustedError(EngineError):
    """The encrypted connection is not one to be trusted, or none can be made."""


class SignInError(EngineError):
    """The server does not accept who we say we are."""


class ForbiddenError(EngineError):
    """The server knows who we are and does not allow it."""


class IndexGoneError(EngineError):
    """What was to be read or written is not there (any more)."""


@contextmanager
def told_in_words(address: str) -> Iterator[None]:
    """Turn whatever the client raises into an `EngineError`.

    Args:
        address: of the server, as people know it.
    """
    from elastic_transport import ApiError, TransportError

    try:
        yield
    except (ApiError, TransportError) as error:
        raise in_words(error, address) from error


def in_words(error: Exception, address: str) -> EngineError:
    """What an error of the client means.

    Args:
        error: an `ApiError` or `TransportError`.
        address: of the server, as people know it.
    """
    from elastic_transport import ApiError, TransportError
    from elasticsearch import UnsupportedProductError

    if isinstance(error, UnsupportedProductError):
        return _stranger(address)
    if isinstance(error, ApiError):
        status = int(error.meta.status)
        if status in _STRANGE and error.meta.headers.get("x-elastic-product") != "Elasticsearch":
            return _stranger(address)
        body = error.body if isinstance(error.body, Mapping) else {}
        return refusal_in_words(status, body.get("error"), address)
    assert isinstance(error, TransportError)
    return _no_answer(error, address)


def refusal_in_words(status: int, error: Any, address: str) -> EngineError:
    """What an answer of Elasticsearch that is an error means.

    Args:
        status: of HTTP.
        error: the part `error` of its body, mostly a mapping with `type` and `reason`.
        address: of the server, as people know it.
    """
    kind, reason = _kind(error), reason_of(error)
    if "cluster_block" in kind:
        return _blocked(reason, address)
    if status == 401:
        return SignInError(
            f"{_at(address)} does not accept the user and password or the API key. Check them, and whether"
            " the key has expired."
        )
    if status == 403:
        return _forbidden(reason, address)
    if status == 404:
        return IndexGoneError(f"The index on {_at(address)} is gone. It is filled again from the library.")
    if status == 429 or status >= 500:
        return ServerBusyError(
            f"{_at(address)} is overloaded or not ready ({status}{_in_brackets(kind)}). It is tried again"
            " later; nothing is lost."
        )
    if status == 413:
        reason = "the requests are too large for what stands in front of it; raise its limit to 32 MB"
    return EngineError(f"{_at(address)} refused the work: {reason or kind or status}.")


def _stranger(address: str) -> EngineError:
    return EngineError(f"What answers at {address} is not Elasticsearch. Check the address and the port.")


def reason_of(error: Any) -> str:
    """The most telling part of an error, without a full stop."""
    if not isinstance(error, Mapping):
        return str(error or "").rstrip(".")
    while isinstance(error.get("caused_by"), Mapping):
        error = error["caused_by"]
    return str(error.get("reason") or "").strip().rstrip(".")


def _at(address: str) -> str:
    return f"Elasticsearch at {address}"


def _kind(error: Any) -> str:
    return str(error.get("type") or "") if isinstance(error, Mapping) else ""


def _in_brackets(kind: str) -> str:
    return f", {kind}" if kind else ""


def _blocked(reason: str, address: str) -> EngineError:
    """The index takes nothing: mostly because a disk of the server is almost full."""
    if "disk usage" in reason or "read-only / allow delete" in reason:
        return EngineError(
            f"The disk of {_at(address)} is almost full, so it takes no more changes. Free some room there;"
            " the changes wait until then."
        )
    if "read-only" in reason or "write" in reason:
        return EngineError(
            f"The index on {_at(address)} has been made read-only. Take the block off it; the changes wait"
            " until then."
        )
    return ServerBusyError(
        f"{_at(address)} is not ready ({reason}). It is tried again later; nothing is lost."
    )


def _forbidden(reason: str, address: str) -> ForbiddenError:
    """Name the privilege that is missing."""
    granted = _GRANTED_BY.search(reason)
    action = _ACTION.search(reason)
    doing = _doing(action.group(1)) if action else "do this"
    if granted is None:
        return ForbiddenError(
            f"{_at(address)} does not allow this user or API key to {doing}. Give it the index"
            " privileges read, write and manage on imgsearch-*."
        )
    level, privileges = granted.group(1), " or ".join(granted.group(2).split(","))
    where = " on imgsearch-*" if level == "index" else ""
    return ForbiddenError(
        f"{_at(address)} does not allow this user or API key to {doing}: it lacks the {level}"
        f" privilege {privileges}{where}. Give it that one."
    )


def _doing(action: str) -> str:
    if action.startswith(WRITING):
        return "write photos"
    if action.startswith(READING):
        return "search"
    if action.startswith("indices:admin/create"):
        return "make an index"
    if action.startswith("indices:"):
        return "look after the index"
    return "look at the server"


def _no_answer(error: Exception, address: str) -> EngineError:
    """Nothing came back, or nothing that can be trusted."""
    from elastic_transport import ConnectionTimeout, SerializationError, TlsError

    if isinstance(error, ConnectionTimeout):
        return ServerAwayError(
            f"{_at(address)} did not answer in time. It may be busy or cut off; it is tried again later."
        )
    if isinstance(error, TlsError):
        return UntrustedError(_distrust(str(error.message), address))
    if isinstance(error, SerializationError):
        return _stranger(address)
    return ServerAwayError(
        f"{_at(address)} cannot be reached. Check that it runs and that the address is right,"
        " http:// or https:// included."
    )


def _distrust(text: str, address: str) -> str:
    """Why an encrypted connection was not made."""
    if "Fingerprint" in text or "fingerprint" in text:
        return (
            f"The certificate of {_at(address)} is not the one with this fingerprint. Check the"
            " fingerprint; if it is right, somebody may be in between."
        )
    if "WRONG_VERSION_NUMBER" in text or "record layer" in text:
        return f"The server at {address} does not speak TLS. Use http:// if it is meant to be unencrypted."
    if "hostname" in text.lower() or "doesn't match" in text or "not valid for" in text:
        return f"The certificate of {_at(address)} is made out to another name. Use that name in the address."
    if "NO_CERTIFICATE" in text or "PEM" in text:
        return "The file of the authority holds no certificate. Choose the PEM file of its certificate."
    if "expired" in text:
        return f"The certificate of {_at(address)} has expired. It has to be renewed on the server."
    return (
        f"The certificate of {_at(address)} is not signed by an authority that is trusted here. Choose the"
        " file of its authority, or give the fingerprint of its certificate."
    )
