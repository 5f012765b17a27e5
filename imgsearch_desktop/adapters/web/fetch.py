"""Fetches a picture from the web with the standard library, within limits (`ports.WebPictures`)."""

from __future__ import annotations

import http.client
import threading
import time
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from imgsearch_desktop import __version__
from imgsearch_desktop.domain.errors import WebError

LARGEST = 20 << 20
"""Bytes of a picture at most."""

ANSWER_S = 10.0
"""How long a server may keep silent."""

WHOLE_S = 60.0
"""How long the whole picture may take."""

PART = 1 << 16
POLL_S = 0.05
"""How often whoever waits looks whether the picture is still wanted."""

SCHEMES = ("http", "https")


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects from web address to web address; to a file or anything else, never."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        try:
            _check_scheme(newurl)
        except WebError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class _Errand(threading.Thread):
    """Asks on a thread of its own, which a silent server can hold without holding anyone else."""

    def __init__(self, ask: Callable[[threading.Event], bytes]) -> None:
        super().__init__(name="web picture", daemon=True)
        self.stopped = threading.Event()
        self._ask = ask
        self._picture = b""
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._picture = self._ask(self.stopped)
        except Exception as error:  # handed to whoever waits
            self._error = error

    def picture(self) -> bytes:
        """What came of it, once it has ended; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._picture


class HttpPictures:
    """Asks a server for one picture.

    Args:
        largest: bytes at most.
        answer_s: seconds a server may keep silent.
        whole_s: seconds the whole picture may take.
    """

    def __init__(self, largest: int = LARGEST, answer_s: float = ANSWER_S, whole_s: float = WHOLE_S) -> None:
        self._largest = largest
        self._answer_s = answer_s
        self._whole_s = whole_s

    def fetch(self, url: str, checkpoint: Callable[[], None]) -> bytes:
        """The encoded picture at an address.

        Raises:
            WebError: it cannot be had, is no picture or too large.
        """
        _check_scheme(url)
        checkpoint()
        errand = _Errand(lambda stopped: self._ask(url, stopped))
        errand.start()
        try:
            while errand.is_alive():
                errand.join(POLL_S)
                checkpoint()
        finally:
            errand.stopped.set()
        return errand.picture()

    def _ask(self, url: str, stopped: threading.Event) -> bytes:
        host = urlsplit(url).hostname or url
        opener = urllib.request.build_opener(_WebOnly())
        headers = {"User-Agent": f"ImgSearchDesktop/{__version__}", "Accept": "image/*"}
        try:
            request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the scheme was checked
            with opener.open(request, timeout=self._answer_s) as answer:
                self._check(answer, host)
                return self._read(answer, host, stopped)
        except HTTPError as error:
            with error:
                raise WebError(
                    f"{host} does not hand out this picture (it answered {error.code}). "
                    "Save the picture and drop the file instead."
                ) from None
        except TimeoutError:
            raise WebError(_too_slow(host)) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise WebError(_too_slow(host)) from None
            raise WebError(
                f"{host} could not be reached. Check the connection, or save the picture and drop the file."
            ) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise WebError(
                f"The picture could not be fetched from {host}: the connection broke off. Try again."
            ) from None

    def _check(self, answer: http.client.HTTPResponse, host: str) -> None:
        kind = answer.headers.get_content_type()
        if not kind.startswith("image/") or kind == "image/svg+xml":
            raise WebError(
                f"What {host} sends is no photo ({kind}). Drop the picture itself, or its own address."
            )
        announced = answer.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > self._largest:
            raise WebError(self._too_large(host))

    def _read(self, answer: http.client.HTTPResponse, host: str, stopped: threading.Event) -> bytes:
        parts: list[bytes] = []
        size, end = 0, time.monotonic() + self._whole_s
        while not stopped.is_set() and (part := answer.read1(PART)):
            parts.append(part)
            size += len(part)
            if size > self._largest:
                raise WebError(self._too_large(host))
            if time.monotonic() > end:
                raise WebError(_too_slow(host))
        return b"".join(parts)

    def _too_large(self, host: str) -> str:
        return (
            f"The picture at {host} is larger than {self._largest >> 20} MB, so it was not fetched. "
            "Save it and drop the file instead."
        )


def _too_slow(host: str) -> str:
    return f"{host} did not answer in time. Try again, or save the picture and drop the file."


def _check_scheme(url: str) -> None:
    if urlsplit(url).scheme not in SCHEMES:
        raise WebError("Only pictures at addresses that begin with http or https can be fetched.")
