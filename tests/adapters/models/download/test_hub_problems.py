from __future__ import annotations

import errno
import os

import pytest

from imgsearch_desktop.adapters.models.download.hub_problems import (
    ProblemKind,
    WrongContentError,
    is_passing,
    problem_of,
)

HUB = "https://hub.example"


class Response:
    def __init__(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.status_code = status
        self.headers = headers or {}


class AnsweredError(Exception):
    """As the hub's library raises for an answer that is no content."""

    def __init__(self, status: int, wait: str = "") -> None:
        super().__init__(f"{status}")
        self.response = Response(status, {"Retry-After": wait} if wait else {})


class ProxyError(Exception):
    __module__ = "httpx"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_meanwhile_is_said_and_loses_nothing(code: int) -> None:
    problem = problem_of(OSError(code, os.strerror(code)), HUB)
    assert problem is not None
    assert problem.kind is ProblemKind.DISK_FULL
    assert "What has come so far is kept" in problem.sentence
    assert not is_passing(OSError(code, os.strerror(code)))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WrongContentError("model.onnx"), "model.onnx is not what hub.example announced"),
        (ProxyError("403 Forbidden"), "The proxy on the way to hub.example refuses (403 Forbidden)"),
        (ConnectionRefusedError(111, "Connection refused"), "hub.example cannot be reached"),
        (TimeoutError("timed out"), "the connection broke (timed out)"),
        (AnsweredError(407), "wants a name and a password"),
        (AnsweredError(401), "does not have these files"),
        (AnsweredError(429, "40"), "Go on in 40 seconds"),
        (AnsweredError(429), "Go on in some minutes"),
        (AnsweredError(500), "has a problem of its own (answer 500)"),
    ],
)
def test_each_is_said_in_words(error: Exception, words: str) -> None:
    problem = problem_of(error, HUB)
    assert problem is not None
    assert words in problem.sentence
    assert problem.sentence.endswith((".", "HTTPS_PROXY."))


def test_a_bug_is_not_taken_for_trouble_with_the_hub() -> None:
    for bug in (ValueError("no"), TypeError("no"), PermissionError(errno.EACCES, "no")):
        assert problem_of(bug, HUB) is None
        assert not is_passing(bug)


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (ConnectionResetError(104, "reset"), True),
        (OSError("Consistency check failed"), True),
        (AnsweredError(503), True),
        (AnsweredError(404), False),
        (AnsweredError(429, "5"), True),
        (AnsweredError(429, "500"), False),
    ],
)
def test_only_what_passes_is_tried_again(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing
