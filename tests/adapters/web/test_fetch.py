"""Pictures from the web, from a server on this machine."""

from __future__ import annotations

import socket
import time

import pytest

from imgsearch_desktop.adapters.web.fetch import HttpPictures
from imgsearch_desktop.domain.errors import Cancelled, WebError
from tests.support.web_server import Answer, serving


def go_on() -> None:
    """Nothing stops the work."""


def test_a_picture_comes_as_it_was_sent_also_after_a_redirect():
    with serving({"/a.jpg": Answer(b"picture"), "/moved": Answer(status=302, location="/a.jpg")}) as host:
        assert HttpPictures().fetch(f"{host}/a.jpg", go_on) == b"picture"
        assert HttpPictures().fetch(f"{host}/moved", go_on) == b"picture"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/octet-stream"])
def test_what_is_no_photo_is_refused(kind):
    with serving({"/page": Answer(b"<html>", kind)}) as host, pytest.raises(WebError, match="no photo"):
        HttpPictures().fetch(f"{host}/page", go_on)


@pytest.mark.parametrize("announce", [True, False])
def test_a_picture_beyond_the_limit_is_refused_whether_it_says_its_size_or_not(announce):
    large = Answer(b"x" * 300_000, announce=announce)
    with serving({"/large": large}) as host, pytest.raises(WebError, match="larger than"):
        HttpPictures(largest=100_000).fetch(f"{host}/large", go_on)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a.jpg", "data:image/png;base64,AAAA", ""]
)
def test_only_web_addresses_are_fetched(url):
    with pytest.raises(WebError, match="http or https"):
        HttpPictures().fetch(url, go_on)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a.jpg"])
def test_no_redirect_leads_out_of_the_web(location):
    answers = {"/moved": Answer(status=302, location=location)}
    with serving(answers) as host, pytest.raises(WebError):
        HttpPictures().fetch(f"{host}/moved", go_on)


def test_errors_of_the_server_are_words():
    with serving({}) as host, pytest.raises(WebError, match="answered 404"):
        HttpPictures().fetch(f"{host}/nothing", go_on)


def test_a_server_that_keeps_silent_is_given_up():
    with serving({"/slow": Answer(wait=True)}) as host, pytest.raises(WebError, match="in time"):
        HttpPictures(answer_s=0.2).fetch(f"{host}/slow", go_on)


def test_a_server_that_is_not_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(WebError, match="could not be reached"):
        HttpPictures().fetch(f"http://127.0.0.1:{port}/a.jpg", go_on)


def test_an_address_with_nonsense_in_it_is_words():
    with pytest.raises(WebError):
        HttpPictures().fetch("http://127.0.0.1:99999/ä b.jpg", go_on)


def test_it_can_be_stopped():
    def stop() -> None:
        raise Cancelled

    with serving({"/a.jpg": Answer(b"x" * 300_000)}) as host, pytest.raises(Cancelled):
        HttpPictures().fetch(f"{host}/a.jpg", stop)


def test_it_can_be_stopped_while_the_server_keeps_silent():
    asked = []

    def stop() -> None:
        asked.append(1)
        if len(asked) > 2:
            raise Cancelled

    started = time.monotonic()
    with serving({"/slow": Answer(wait=True)}) as host:
        with pytest.raises(Cancelled):
            HttpPictures(answer_s=20).fetch(f"{host}/slow", stop)
        assert time.monotonic() - started < 5
