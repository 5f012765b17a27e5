"""Certificates, users, API keys and privileges, which the server of the tests itself does not have.

What is refused is refused in the words of Elasticsearch 9.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trustme

from tests.support.elasticsearch.exchange import Answer, Request
from tests.support.elasticsearch.faults import error_body

ASK_FOR = ('Basic realm="security", charset="UTF-8"', 'Bearer realm="security"', "ApiKey")


@dataclass(frozen=True, slots=True)
class Certificates:
    """What a server shows and what a client needs to believe it.

    Attributes:
        context: for the server; it sends its authority's certificate too, as Elasticsearch does.
        authority: file with the certificate of the authority (PEM).
        fingerprint: SHA-256 of that certificate, in hex.
        own_fingerprint: of the server's own certificate.
    """

    context: ssl.SSLContext
    authority: Path
    fingerprint: str
    own_fingerprint: str


def make_certificates(
    folder: Path, names: Sequence[str] = ("localhost", "127.0.0.1"), *, expired: bool = False
) -> Certificates:
    """A new authority and a certificate of its for a server.

    Args:
        folder: for the files.
        names: that the server may be called.
        expired: makes the certificate one of the past.
    """
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    end = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
    issued = authority.issue_cert(*names, not_after=end, not_before=datetime(2019, 1, 1, tzinfo=UTC))
    own, ca_file, chain = issued.cert_chain_pems[0], folder / "authority.pem", folder / "server.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    chain.write_bytes(issued.private_key_pem.bytes() + own.bytes() + authority.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return Certificates(context, ca_file, _fingerprint(authority.cert_pem), _fingerprint(own))


def _fingerprint(certificate: trustme.Blob) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.bytes().decode())).hexdigest()


@dataclass(frozen=True, slots=True)
class Account:
    """A user, or an API key with the user it belongs to.

    Attributes:
        user: name.
        secret: the user's password or the key's secret.
        key_id: of an API key, None for a user.
        denied: beginnings of actions that are not allowed, such as "indices:data/write" or "cluster:".
    """

    user: str
    secret: str
    key_id: str | None = None
    denied: tuple[str, ...] = ()

    @property
    def encoded(self) -> str:
        """The API key as it is handed to people."""
        return base64.b64encode(f"{self.key_id}:{self.secret}".encode()).decode()

    @property
    def header(self) -> str:
        """What a client that signs in as this sends."""
        if self.key_id:
            return f"ApiKey {self.encoded}"
        return f"Basic {base64.b64encode(f'{self.user}:{self.secret}'.encode()).decode()}"

    @property
    def described(self) -> str:
        """As refusals name it."""
        if self.key_id:
            return f"API key id [{self.key_id}] of user [{self.user}]"
        return f"user [{self.user}] with effective roles [photos]"


@dataclass(frozen=True, slots=True)
class Action:
    """What a request does, in Elasticsearch's terms, and what allows it, least privilege first."""

    request: str
    name: str
    privileges: str

    @property
    def level(self) -> str:
        """Where the privilege is given: "cluster" or "index"."""
        return "cluster" if self.name.startswith("cluster:") else "index"


ACTIONS = (
    Action(r"^\w+ /_nodes", "cluster:monitor/nodes/info", "monitor,manage,all"),
    Action(r"^\w+ /_cluster/health", "cluster:monitor/health", "monitor,manage,all"),
    Action(r"^\w+ /_cluster/settings", "cluster:monitor/settings", "monitor,manage,all"),
    Action(r"^\w+ /_(cat|cluster)/", "cluster:monitor/state", "monitor,manage,all"),
    Action(r"^(GET|HEAD) /(\?|$)", "cluster:monitor/main", "monitor,manage,all"),
    Action(r"/_bulk", "indices:data/write/bulk", "create_doc,create,delete,index,write,all"),
    Action(r"^(PUT|POST) .*/_(doc|create)", "indices:data/write/index", "create,index,write,all"),
    Action(r"^DELETE .*/_doc", "indices:data/write/delete", "delete,write,all"),
    Action(r"/_update", "indices:data/write/update", "index,write,all"),
    Action(r"/_msearch", "indices:data/read/msearch", "read,all"),
    Action(r"/_(search|count)", "indices:data/read/search", "read,all"),
    Action(r"/_(doc|source|mget)", "indices:data/read/get", "read,all"),
    Action(r"/_refresh", "indices:admin/refresh", "maintenance,manage,all"),
    Action(r"/_(stats|recovery|segments)", "indices:monitor/stats", "monitor,manage,all"),
    Action(r"^(GET|HEAD) .*/_alias", "indices:admin/aliases/get", "view_index_metadata,manage,all"),
    Action(r"^GET .*/_mapping", "indices:admin/mappings/get", "view_index_metadata,manage,all"),
    Action(r"^GET .*/_settings", "indices:monitor/settings/get", "view_index_metadata,monitor,manage,all"),
    Action(r"/_alias", "indices:admin/aliases", "manage,all"),
    Action(r"/_mapping", "indices:admin/mapping/put", "manage,all"),
    Action(r"/_settings", "indices:admin/settings/update", "manage,all"),
    Action(r"^PUT /[^_/]+(\?|$)", "indices:admin/create", "create_index,manage,all"),
    Action(r"^DELETE /[^_/]+(\?|$)", "indices:admin/delete", "delete_index,manage,all"),
    Action(r"^(GET|HEAD) /[^_/]+(\?|$)", "indices:admin/get", "view_index_metadata,manage,all"),
)
"""The first that matches "METHOD /path?query" counts."""


GRANTED = {
    "read": ("indices:data/read",),
    "write": ("indices:data/write",),
    "manage": ("indices:admin", "indices:monitor"),
}
"""Beginnings of the actions that a privilege on an index allows."""


class Gatekeeper:
    """A `Gate` for `Proxy` that lets accounts in and holds them to what they may.

    Args:
        accounts: who may come in.
    """

    def __init__(self, *accounts: Account) -> None:
        self._accounts = {account.header: account for account in accounts}

    def __call__(self, request: Request) -> Answer | None:
        """What a request is refused with, None when it may go on."""
        shown = next((v for name, v in request.headers.items() if name.lower() == "authorization"), None)
        account = self._accounts.get(shown or "")
        if account is None:
            return _unknown(request, shown)
        if request.path.startswith("/_security/user/_has_privileges"):
            return _privileges(account, json.loads(request.body))
        action = next((action for action in ACTIONS if re.search(action.request, request.line)), None)
        if action is None or not action.name.startswith(account.denied or ("none",)):
            return None
        return _denied(account, action, _indices(request))


def _unknown(request: Request, shown: str | None) -> Answer:
    path = request.path.partition("?")[0]
    if shown is None:
        reason = f"missing authentication credentials for REST request [{path}]"
    elif shown.startswith("Basic "):
        user = base64.b64decode(shown.removeprefix("Basic ")).decode().partition(":")[0]
        reason = f"unable to authenticate user [{user}] for REST request [{path}]"
    else:
        reason = (
            f"unable to authenticate with provided credentials and anonymous access is not allowed for "
            f"REST request [{path}]"
        )
    body = error_body(401, "security_exception", reason, header={"WWW-Authenticate": list(ASK_FOR)})
    return Answer.of(401, body, **{"WWW-Authenticate": ASK_FOR[0]})


def _denied(account: Account, action: Action, indices: str) -> Answer:
    where = f" on indices [{indices}]" if indices and action.level == "index" else ""
    reason = (
        f"action [{action.name}] is unauthorized for {account.described}{where}, this action is granted "
        f"by the {action.level} privileges [{action.privileges}]"
    )
    return Answer.of(403, error_body(403, "security_exception", reason))


def _privileges(account: Account, asked: Mapping[str, Any]) -> Answer:
    """The answer of `_has_privileges`; half of a privilege is none."""
    held = {
        names: {
            privilege: not any(
                denied.startswith(action) or action.startswith(denied)
                for denied in account.denied
                for action in GRANTED[privilege]
            )
            for privilege in entry["privileges"]
        }
        for entry in asked["index"]
        for names in entry["names"]
    }
    everything = all(all(privileges.values()) for privileges in held.values())
    body = {"username": account.user, "has_all_requested": everything, "cluster": {}, "index": held}
    return Answer.of(200, {**body, "application": {}})


def _indices(request: Request) -> str:
    """Which indices a request is about: named in its path, or in the lines of a bulk."""
    first = request.path.partition("?")[0].split("/")[1]
    if first and not first.startswith("_"):
        return first
    if first != "_bulk" or not request.body:
        return ""
    ((_, target),) = json.loads(request.body.splitlines()[0]).items()
    return str(target.get("_index", ""))
