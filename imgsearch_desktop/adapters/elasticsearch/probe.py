"""Looks at a server in words: can it be used, and what does it hold."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import (
    ForbiddenError,
    IndexGoneError,
    SignInError,
    UntrustedError,
)
from imgsearch_desktop.adapters.elasticsearch.filter_clauses import passing
from imgsearch_desktop.adapters.elasticsearch.findings import (
    INDICES,
    PRIVILEGES,
    disk_finding,
    disks_of,
    privileges_finding,
    version_finding,
)
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames, names_of
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.adapters.elasticsearch.stored_index import (
    ForeignIndexError,
    StoredIndex,
    read_index,
    read_position,
)
from imgsearch_desktop.application.ports import Examination, Finding, FindingKind, IndexFacts
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS

_TOPICS: dict[type[EngineError], str] = {
    UntrustedError: "encryption",
    SignInError: "sign-in",
    ForbiddenError: "privileges",
    ForeignIndexError: "index",
}
"""What an error is about; any other is about the address."""

_NOT_THERE = (400, 405)
"""How Elasticsearch answers to what it does not have, such as security."""


class ElasticsearchProbe:
    """`EngineProbe` of one server; changes nothing there. Thread-safe.

    Args:
        connection: the server.
        library_id: whose indices are looked for.
    """

    def __init__(self, connection: ElasticsearchConnection, library_id: str) -> None:
        self._connection = connection
        self._library_id = library_id
        self._server = Server(connection)

    def examine(self, model_id: ModelId) -> Examination:
        """See `EngineProbe.examine`."""
        findings: list[Finding] = []
        try:
            findings.extend(self._findings(model_id))
        except EngineError as error:
            topic = next((topic for kind, topic in _TOPICS.items() if isinstance(error, kind)), "address")
            findings.append(Finding(topic, FindingKind.PROBLEM, str(error)))
        return Examination(tuple(findings))

    def facts(self, model_id: ModelId) -> IndexFacts | None:
        """See `EngineProbe.facts`."""
        names = self._names(model_id)
        try:
            stored = read_index(self._server, names)
        except ForeignIndexError:
            return IndexFacts(names.index, 0, self._size(names), None)
        try:
            return None if stored is None else self._facts(stored)
        except IndexGoneError:  # between two questions
            return None

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        self._server.close()

    def _findings(self, model_id: ModelId) -> Iterator[Finding]:
        versions = self._versions()
        yield Finding("address", FindingKind.GOOD, f"Elasticsearch answers at {self._server.address}.")
        if not self._connection.encrypted and not _this_machine(self._server.address):
            yield Finding(
                "encryption",
                FindingKind.NOTE,
                "The connection is not encrypted: whoever is in between can read it. Use https:// if the"
                " server can.",
            )
        yield version_finding(versions)
        privileges = self._privileges()
        yield privileges
        disk = self._disk()
        if disk is not None:
            yield disk
        if privileges.kind is not FindingKind.PROBLEM:  # else whatever is forbidden would be told twice
            yield self._index(model_id)

    def _versions(self) -> list[str]:
        """Of every node that may be seen; the server that answers stands for all where they may not."""
        with self._server.asked() as client:
            answer = client.options(ignore_status=(403, *_NOT_THERE)).info().body
            known = answer.get("version", {}).get("number")
            seen = client.options(ignore_status=(403, *_NOT_THERE)).nodes.info(
                filter_path=["nodes.*.version"]
            )
        versions = [node["version"] for node in seen.body.get("nodes", {}).values()]
        return versions or ([known] if known else [])

    def _privileges(self) -> Finding:
        with self._server.asked() as client:
            answer = client.options(ignore_status=_NOT_THERE).security.has_privileges(
                index=[{"names": [INDICES], "privileges": list(PRIVILEGES)}]
            )
        if answer.meta.status in _NOT_THERE:
            return Finding(
                "privileges",
                FindingKind.NOTE,
                "The server asks nobody who they are: whoever reaches it can read and change the index.",
            )
        return privileges_finding(answer.body)

    def _disk(self) -> Finding | None:
        with self._server.asked() as client:
            answer = client.options(ignore_status=(403, *_NOT_THERE)).nodes.stats(
                metric="fs", filter_path=["nodes.*.name", "nodes.*.fs.total"]
            )
        return disk_finding(disks_of(answer.body))

    def _index(self, model_id: ModelId) -> Finding:
        facts = self.facts(model_id)
        if facts is None:
            return Finding(
                "index", FindingKind.GOOD, "There is no index of this library yet; it will be made."
            )
        stored = read_index(self._server, self._names(model_id))
        if stored is not None and stored.library_id != self._library_id:
            return Finding(
                "index",
                FindingKind.PROBLEM,
                f"The index {facts.name} belongs to another library. Delete or rename it there if this"
                " library is to be searched with Elasticsearch.",
            )
        return Finding(
            "index", FindingKind.GOOD, f"The index {facts.name} holds {counted(facts.photos, 'photo')}."
        )

    def _facts(self, stored: StoredIndex) -> IndexFacts:
        # Else what was written within the last second is not counted, and nobody asks again.
        with suppress(ForbiddenError), self._server.asked() as client:
            client.indices.refresh(index=stored.alias)
        with self._server.asked() as client:
            answer = client.search(
                index=stored.alias, query=passing(NO_FILTERS).clause(), size=0, track_total_hits=True
            )
        photos = int(answer["hits"]["total"]["value"])
        return IndexFacts(
            stored.names.index, photos, self._size(stored.names), read_position(self._server, stored)
        )

    def _size(self, names: IndexNames) -> int:
        with self._server.asked() as client:
            answer = client.indices.stats(
                index=names.index, metric="store", filter_path="_all.total.store.size_in_bytes"
            )
        return int(answer["_all"]["total"]["store"]["size_in_bytes"])

    def _names(self, model_id: ModelId) -> IndexNames:
        return names_of(self._library_id, model_id, mapping.VERSION)


def _this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
