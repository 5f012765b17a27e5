"""Where an Elasticsearch server is and how to sign in to it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from imgsearch_desktop.domain.errors import EngineError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

PORT = 9200
"""Where Elasticsearch listens unless told otherwise."""

_SHA256 = re.compile(r"(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class ElasticsearchConnection:
    """A server and the way in. Secrets are kept out of `repr`.

    Attributes:
        url: "https://search.example.org:9200"; without a scheme http, without a port 9200; it may go on with
            the path that a web server in front of Elasticsearch wants; "" with a cloud id.
        cloud_id: of a hosted deployment, instead of a URL.
        user: name to sign in with, None where the server asks for none.
        password: of the user.
        api_key: encoded API key, instead of user and password.
        ca_certificate: file with the certificate of the authority that signed the server's, None for the
            authorities this machine trusts.
        fingerprint: SHA-256 of that certificate in hex, instead of the file.
        answer_s: how long an answer to a search or question may take.
        write_s: how long taking a batch of photos or making an index may take.
    """

    url: str = ""
    cloud_id: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_certificate: Path | None = None
    fingerprint: str | None = None
    answer_s: float = 10.0
    write_s: float = 60.0

    @property
    def address(self) -> str:
        """The server as people know it, without any secret."""
        if self.cloud_id:
            return self.cloud_id.partition(":")[0] or "Elastic Cloud"
        parts = self._parts()
        return f"{parts.scheme}://{_host(parts)}:{parts.port or PORT}{parts.path.rstrip('/')}"

    @property
    def encrypted(self) -> bool:
        """Whether nobody in between can read what is sent."""
        return bool(self.cloud_id) or self._parts().scheme == "https"

    def client(self) -> Elasticsearch:
        """A new client; nothing is sent yet. It never repeats a request by itself.

        Raises:
            EngineError: what is said here cannot be an address or a way in.
        """
        from elasticsearch import Elasticsearch

        from imgsearch_desktop.adapters.elasticsearch.single_node import SingleNode

        if not (self.url.strip() or self.cloud_id):
            raise EngineError(
                "No Elasticsearch address is set. Give its URL, such as https://localhost:9200."
            )
        if self.ca_certificate is not None and not self.ca_certificate.is_file():
            raise EngineError(
                f"The certificate file {self.ca_certificate} is not there. Choose the file of the authority"
                " that signed the certificate of Elasticsearch."
            )
        if self.fingerprint and not _SHA256.fullmatch(self.fingerprint.strip()):
            raise EngineError(
                "The fingerprint is no SHA-256, which has 64 hexadecimal digits. Copy it again, whole."
            )
        place: dict[str, Any] = {"cloud_id": self.cloud_id} if self.cloud_id else {"hosts": [self.address]}
        try:
            return Elasticsearch(
                **place,
                **self._way_in(),
                **self._trust(),
                node_pool_class=SingleNode,
                request_timeout=self.answer_s,
                max_retries=0,
            )
        except (ValueError, TypeError, OSError) as error:
            if self.cloud_id:
                raise EngineError(
                    "The cloud id names no deployment. Copy it again, whole, from the page of the deployment."
                ) from error
            raise EngineError(
                f"Elasticsearch cannot be reached with these settings for {self.address}. Check the address,"
                " the certificate and the fingerprint."
            ) from error

    def _parts(self) -> SplitResult:
        text = self.url.strip()
        try:
            parts = urlsplit(text if "://" in text else f"http://{text}")
            known = parts.scheme in ("http", "https") and parts.hostname is not None and parts.port != 0
            known = known and not (parts.query or parts.fragment)
        except ValueError:
            known = False
        if not known:
            raise EngineError("The Elasticsearch address is no URL. It looks like https://localhost:9200.")
        if parts.username is not None or parts.password is not None:
            raise EngineError(
                "The Elasticsearch address holds a name or password. Give them in their own fields instead,"
                " where they are kept safe."
            )
        return parts

    def _way_in(self) -> dict[str, Any]:
        if self.api_key:
            return {"api_key": self.api_key}
        if self.user:
            # By hand: the client takes ASCII only.
            signed = base64.b64encode(f"{self.user}:{self.password or ''}".encode()).decode()
            return {"headers": {"authorization": f"Basic {signed}"}}
        return {}

    def _trust(self) -> dict[str, Any]:
        """How the server's certificate is checked; only of use with TLS."""
        if not self.encrypted:
            return {}
        if self.fingerprint:
            return {
                "ssl_assert_fingerprint": self.fingerprint.strip(),
                "verify_certs": False,
                "ssl_show_warn": False,
            }
        if self.ca_certificate is not None:
            return {"ca_certs": str(self.ca_certificate)}
        return {}


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host
