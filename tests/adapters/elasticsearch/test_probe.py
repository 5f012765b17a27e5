"""What is found out about a server, and that no secret is told with it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import ForbiddenError, SignInError, UntrustedError
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames
from imgsearch_desktop.adapters.elasticsearch.probe import ElasticsearchProbe
from imgsearch_desktop.application.ports import Examination, FindingKind, IndexFacts, IndexRequest
from imgsearch_desktop.domain.errors import EngineError
from tests.adapters.elasticsearch.conftest import OpenIndex
from tests.contracts.photo_index_harness import EPOCH, MODEL, gone, photo, spec
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.security import Account, Certificates, Gatekeeper, make_certificates
from tests.support.web_server import Answer, serving

USER = Account("anna", "correct horse")
KEY = Account("bert", "battery staple", key_id="k1")
READER = Account("carl", "no writing", key_id="k2", denied=("indices:data/write", "indices:admin/create"))
STRANGER = Account("dora", "no looking", denied=("indices:", "cluster:"))
SECRETS = [account.secret for account in (USER, KEY, READER, STRANGER)] + [KEY.encoded, READER.encoded]

Probing = Callable[..., ElasticsearchProbe]


@pytest.fixture
def probing(elasticsearch_url: str, elasticsearch_library: str) -> Iterator[Probing]:
    made: list[ElasticsearchProbe] = []

    def make(
        url: str = elasticsearch_url, library_id: str = elasticsearch_library, **way_in: Any
    ) -> ElasticsearchProbe:
        made.append(ElasticsearchProbe(ElasticsearchConnection(url, **way_in), library_id))
        return made[-1]

    yield make
    for probe in made:
        probe.close()
        probe.close()


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "certificates")


@pytest.fixture
def secured(elasticsearch_proxy: Callable[..., Proxy], certificates: Certificates) -> Proxy:
    gate = Gatekeeper(USER, KEY, READER, STRANGER)
    return elasticsearch_proxy(tls=certificates.context, gate=gate, version="9.2.0")


def kinds(examination: Examination) -> dict[str, FindingKind]:
    assert all(finding.text.endswith(".") for finding in examination.findings)
    assert not any(secret in finding.text for finding in examination.findings for secret in SECRETS)
    return {finding.topic: finding.kind for finding in examination.findings}


def problem(examination: Examination) -> tuple[str, str]:
    """Topic and text of what keeps the engine from being used."""
    kinds(examination)
    assert not examination.usable
    (found,) = (finding for finding in examination.findings if finding.kind is FindingKind.PROBLEM)
    return found.topic, found.text


def fed(index: ElasticsearchIndex, library_id: str) -> ElasticsearchIndex:
    index.reset(spec(), library_id, EPOCH)
    index.apply(MODEL, [photo(number) for number in range(1, 6)], [gone(2, 7), gone(9, 7)], 7)
    index.search(IndexRequest(MODEL, tokens=("dog",)))
    return index


def test_a_server_that_will_do(probing: Probing) -> None:
    examination = probing().examine(MODEL)
    assert examination.usable
    found = kinds(examination)
    assert list(found) == ["address", "version", "privileges", "disk", "index"]
    assert found["address"] is found["version"] is found["index"] is FindingKind.GOOD


def test_the_index_is_described_without_what_is_no_photo(
    probing: Probing, open_index: OpenIndex, elasticsearch_library: str, names: IndexNames
) -> None:
    assert probing().facts(MODEL) is None
    index = fed(open_index(), elasticsearch_library)
    facts = probing().facts(MODEL)
    assert facts is not None
    assert (facts.name, facts.photos) == (names.index, 4)
    assert facts.size_bytes > 0
    assert facts.position == index.position(MODEL)
    assert "holds 4 photos" in probing().examine(MODEL).findings[-1].text


def test_a_server_too_old_is_told(probing: Probing, elasticsearch_proxy: Callable[..., Proxy]) -> None:
    topic, text = problem(probing(elasticsearch_proxy(version="9.1.4").url).examine(MODEL))
    assert topic == "version"
    assert "9.1.4 is too old: version 9.2 or later" in text


@pytest.mark.parametrize(
    ("url", "topic", "words"),
    [
        ("http://127.0.0.1:1", "address", "cannot be reached"),
        ("", "address", "No Elasticsearch address"),
        ("http://anna:hush@localhost", "address", "in their own fields"),
    ],
)
def test_a_wrong_address_is_told(probing: Probing, url: str, topic: str, words: str) -> None:
    found, text = problem(probing(url).examine(MODEL))
    assert found == topic
    assert words in text


@pytest.mark.parametrize("status", [200, 404])
def test_something_else_at_the_address_is_told(probing: Probing, status: int) -> None:
    """A web site, say."""
    with serving({"/": Answer(b"<html></html>", "text/html", status)}) as url:
        topic, text = problem(probing(url).examine(MODEL))
    assert topic == "address"
    assert "is not Elasticsearch" in text


def test_tls_where_there_is_none_is_told(probing: Probing, elasticsearch_url: str) -> None:
    topic, text = problem(probing(elasticsearch_url.replace("http:", "https:")).examine(MODEL))
    assert topic == "encryption"
    assert "does not speak TLS" in text


def test_a_server_behind_tls_with_users_will_do(
    probing: Probing, secured: Proxy, certificates: Certificates
) -> None:
    for way_in in ({"user": USER.user, "password": USER.secret}, {"api_key": KEY.encoded}):
        for trust in (
            {"ca_certificate": certificates.authority},
            {"fingerprint": certificates.fingerprint},
            {"fingerprint": certificates.own_fingerprint},
        ):
            assert probing(secured.url, **way_in, **trust).examine(MODEL).usable


def test_an_authority_that_nobody_knows_is_not_trusted(
    probing: Probing, secured: Proxy, tmp_path: Path
) -> None:
    other = make_certificates(tmp_path / "other")
    for trust in ({}, {"ca_certificate": other.authority}):
        topic, text = problem(probing(secured.url, **trust).examine(MODEL))
        assert topic == "encryption"
        assert "not signed by an authority that is trusted" in text
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    topic, text = problem(probing(secured.url, ca_certificate=broken).examine(MODEL))
    assert topic == "encryption"
    assert "holds no certificate" in text
    topic, text = problem(probing(secured.url, fingerprint=other.fingerprint).examine(MODEL))
    assert topic == "encryption"
    assert "not the one with this fingerprint" in text


@pytest.mark.parametrize(
    ("broken", "words", "logged"),
    [
        ({"names": ["elsewhere.example"]}, "made out to another name", ["did not match expected"]),
        ({"expired": True}, "has expired", []),
    ],
)
def test_a_certificate_for_another_name_or_of_the_past_is_told(
    probing: Probing,
    elasticsearch_proxy: Callable[..., Proxy],
    tmp_path: Path,
    expect_log: Callable[[str], None],
    broken: dict[str, Any],
    words: str,
    logged: list[str],
) -> None:
    for pattern in logged:
        expect_log(pattern)
    certificates = make_certificates(tmp_path / "broken", **broken)
    proxy = elasticsearch_proxy(tls=certificates.context)
    topic, text = problem(probing(proxy.url, ca_certificate=certificates.authority).examine(MODEL))
    assert topic == "encryption"
    assert words in text


@pytest.mark.parametrize(
    "way_in",
    [{}, {"user": "anna", "password": "wrong"}, {"api_key": "d3Jvbmc6a2V5"}],
    ids=["none", "user", "key"],
)
def test_strangers_are_told_to_sign_in(
    probing: Probing, secured: Proxy, certificates: Certificates, way_in: dict[str, str]
) -> None:
    topic, text = problem(
        probing(secured.url, ca_certificate=certificates.authority, **way_in).examine(MODEL)
    )
    assert topic == "sign-in"
    assert "does not accept" in text


@pytest.mark.parametrize(
    ("account", "missing"), [(READER, "write, manage"), (STRANGER, "read, write, manage")]
)
def test_the_privileges_that_are_missing_are_named(
    probing: Probing, secured: Proxy, certificates: Certificates, account: Account, missing: str
) -> None:
    key = account.encoded if account.key_id else None
    way_in = {"user": account.user, "password": account.secret, "api_key": key}
    probe = probing(secured.url, **way_in, ca_certificate=certificates.authority)
    topic, text = problem(probe.examine(MODEL))
    assert topic == "privileges"
    assert f"lacks the index privilege {missing} on imgsearch-*" in text


def test_whoever_holds_the_privileges_is_told_so(
    probing: Probing, secured: Proxy, certificates: Certificates
) -> None:
    examination = probing(secured.url, api_key=KEY.encoded, ca_certificate=certificates.authority).examine(
        MODEL
    )
    assert kinds(examination)["privileges"] is FindingKind.GOOD


def test_a_privilege_that_looking_needs_is_named(
    probing: Probing, elasticsearch_proxy: Callable[..., Proxy]
) -> None:
    """A server that does not say who may do what: the first refusal does."""
    keeper = Gatekeeper(STRANGER)
    proxy = elasticsearch_proxy(gate=lambda asked: None if "_has_priv" in asked.path else keeper(asked))
    topic, text = problem(probing(proxy.url, user=STRANGER.user, password=STRANGER.secret).examine(MODEL))
    assert topic == "privileges"
    assert "lacks the index privilege view_index_metadata or manage or all on imgsearch-*" in text


def test_an_engine_without_privileges_names_them_and_no_secret(
    open_index: OpenIndex, secured: Proxy, certificates: Certificates, elasticsearch_library: str
) -> None:
    trust = {"ca_certificate": certificates.authority}
    reader = open_index(secured.url, api_key=READER.encoded, **trust)
    stranger = open_index(secured.url, user="anna", password="correct hearse", **trust)
    distrusting = open_index(secured.url, user=USER.user, password=USER.secret, fingerprint="0" * 64)
    fed(open_index(secured.url, user=USER.user, password=USER.secret, **trust), elasticsearch_library)
    works: list[tuple[ElasticsearchIndex, type[EngineError], str]] = [
        (reader, ForbiddenError, "to write photos: it lacks the index privilege"),
        (stranger, SignInError, "does not accept"),
        (distrusting, UntrustedError, "not the one with this fingerprint"),
    ]
    for index, kind, words in works:
        with pytest.raises(kind, match=words) as refused:
            index.apply(MODEL, [photo(1, 8)], [], 8)
        told = "".join(traceback.format_exception(refused.value))
        assert not any(secret in told for secret in [*SECRETS, "correct hearse"])


def test_an_index_that_is_not_ours_is_told(
    probing: Probing, server: Elasticsearch, names: IndexNames
) -> None:
    server.indices.create(index=names.index)
    topic, text = problem(probing().examine(MODEL))
    assert topic == "index"
    assert "was not made by ImgSearch Desktop" in text
    facts = probing().facts(MODEL)
    assert facts is not None
    assert facts == IndexFacts(names.index, 0, facts.size_bytes, None)


def test_an_index_of_another_library_is_told(
    probing: Probing, open_index: OpenIndex, elasticsearch_library: str
) -> None:
    fed(open_index(), "another library")
    topic, text = problem(probing().examine(MODEL))
    assert topic == "index"
    assert "belongs to another library" in text
