"""What went wrong with a hub, in words; the hub's library has other exceptions in every major version."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_NETWORK_LIBRARIES = {"httpx", "httpx2", "httpcore", "httpcore2", "requests", "urllib3"}
LONGEST_WAIT_S = 15
"""A hub that asks to wait longer is not waited for in silence."""

_KEPT = "What has come so far is kept."
_GOES_ON = "The model in use goes on working."


class ProblemKind(StrEnum):
    """What kind of error the program raises for it."""

    MODEL = "model"
    DISK_FULL = "disk full"


@dataclass(frozen=True, slots=True)
class HubProblem:
    """Why a download ended."""

    kind: ProblemKind
    sentence: str


class WrongContentError(Exception):
    """What came is not what the hub had announced; the message names the file."""


def is_passing(error: Exception) -> bool:
    """Whether trying again soon may help: the connection broke, ended before the file did, or is to wait."""
    if status_of(error) is not None:
        briefly = status_of(error) == 429 and seconds_to_wait(error) <= LONGEST_WAIT_S
        return briefly or status_of(error) in (500, 502, 503, 504)
    return is_network(error) or (isinstance(error, OSError) and error.errno is None)


def is_network(error: BaseException) -> bool:
    """Whether the hub could not be reached or the connection broke."""
    if isinstance(error, ConnectionError | TimeoutError):
        return True
    libraries = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return status_of(error) is None and bool(libraries & _NETWORK_LIBRARIES)


def status_of(error: BaseException) -> int | None:
    """The HTTP status that the hub answered with; None where it did not come to that."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def problem_of(error: Exception, endpoint: str) -> HubProblem | None:
    """Words for an error; None for one that is a bug.

    Args:
        error: what was raised.
        endpoint: address of the hub or its mirror.
    """
    host = urlsplit(endpoint).netloc or endpoint
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return HubProblem(
            ProblemKind.DISK_FULL,
            f"The disk is full before the model is complete. {_KEPT} Make room and go on.",
        )
    if isinstance(error, WrongContentError):
        sentence = (
            f"{error} is not what {host} announced, in two tries: it was damaged or changed on its way. "
            "Nothing of it is used. Try again later, or over another network."
        )
        return HubProblem(ProblemKind.MODEL, sentence)
    if type(error).__name__ == "OfflineModeIsEnabled":
        return HubProblem(
            ProblemKind.MODEL, "HF_HUB_OFFLINE is set, so nothing is fetched. Unset it, or import a folder."
        )
    sentence = _answered(error, host) or _unreachable(error, host)
    return HubProblem(ProblemKind.MODEL, sentence) if sentence else None


def _unreachable(error: Exception, host: str) -> str:
    if type(error).__name__ == "ProxyError":
        return f"The proxy on the way to {host} refuses ({_short(error)}). {_GOES_ON} {_KEPT}"
    if not is_passing(error):
        return ""
    return (
        f"{host} cannot be reached, or the connection broke ({_short(error)}). {_GOES_ON} {_KEPT} "
        "Try again when the connection is back, or name a mirror in HF_ENDPOINT."
    )


def _answered(error: Exception, host: str) -> str:
    status = status_of(error)
    if status is None:
        return ""
    if status == 429:
        wait = seconds_to_wait(error)
        when = f"in {wait} seconds" if 0 < wait < 600 else "in some minutes"
        return f"{host} has too much to do and asks to wait. {_KEPT} Go on {when}."
    if status in (401, 403, 404, 410):
        return (
            f"{host} does not have these files, or not for everybody (answer {status}). {_GOES_ON} "
            "They may have moved: look for a newer version of this program, or import a folder."
        )
    if status == 407:
        return f"The proxy on the way to {host} wants a name and a password: put them into HTTPS_PROXY."
    return f"{host} has a problem of its own (answer {status}). {_GOES_ON} {_KEPT} Try again later."


def seconds_to_wait(error: Exception) -> int:
    """How long the hub asks to wait, 0 where it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    wait = str(headers.get("Retry-After", ""))
    return int(wait) if wait.isdecimal() else 0


def _short(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 100 else text[:99] + "…"
