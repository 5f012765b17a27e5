"""The proxy that plays a secured server: certificates, users, keys, privileges, as the client sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from elastic_transport import TlsError
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch

from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.security import Account, Certificates, Gatekeeper, make_certificates

USER = Account("anna", "correct horse")
READER = Account("bert", "battery staple", key_id="k1", denied=("indices:data/write", "indices:admin/create"))


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "certificates")


@pytest.fixture
def secured(elasticsearch_proxy: Callable[..., Proxy], certificates: Certificates) -> Proxy:
    return elasticsearch_proxy(tls=certificates.context, gate=Gatekeeper(USER, READER), version="9.2.0")


@pytest.fixture
def client(secured: Proxy) -> Iterator[Callable[..., Elasticsearch]]:
    made: list[Elasticsearch] = []

    def make(**way_in: Any) -> Elasticsearch:
        made.append(Elasticsearch(secured.url, max_retries=0, **way_in))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_who_signs_in_is_let_in(client: Callable[..., Elasticsearch], certificates: Certificates) -> None:
    trusted = {"ca_certs": str(certificates.authority)}
    by_password = client(basic_auth=(USER.user, USER.secret), **trusted)
    assert by_password.info()["version"]["number"] == "9.2.0"
    by_key = client(api_key=READER.encoded, **trusted)
    assert by_key.cluster.health()["number_of_nodes"] == 1


def test_the_fingerprint_of_the_authority_is_enough(
    client: Callable[..., Elasticsearch], certificates: Certificates
) -> None:
    by_print = client(basic_auth=(USER.user, USER.secret), ssl_assert_fingerprint=certificates.fingerprint)
    assert by_print.info()["tagline"] == "You Know, for Search"


def test_a_stranger_certificate_is_not_trusted(
    client: Callable[..., Elasticsearch], tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("Node .* has failed")
    other = make_certificates(tmp_path / "other")
    with pytest.raises(TlsError):
        client(basic_auth=(USER.user, USER.secret), ca_certs=str(other.authority)).info()


@pytest.mark.parametrize(
    ("broken", "why", "logged"),
    [
        ({"names": ["elsewhere.example"]}, "doesn't match 'elsewhere.example'", ["did not match expected"]),
        ({"expired": True}, "certificate has expired", []),
    ],
)
def test_a_certificate_for_another_name_or_of_the_past_is_not_trusted(
    elasticsearch_proxy: Callable[..., Proxy],
    tmp_path: Path,
    expect_log: Callable[[str], None],
    broken: dict[str, Any],
    why: str,
    logged: list[str],
) -> None:
    for pattern in ("Node .* has failed", *logged):
        expect_log(pattern)
    certificates = make_certificates(tmp_path / "broken", **broken)
    proxy = elasticsearch_proxy(tls=certificates.context)
    with (
        closing(Elasticsearch(proxy.url, ca_certs=str(certificates.authority), max_retries=0)) as client,
        pytest.raises(TlsError) as refused,
    ):
        client.cluster.health()
    assert why in refused.value.message


@pytest.mark.parametrize(
    ("way_in", "reason"),
    [
        ({}, "missing authentication credentials for REST request [/]"),
        ({"basic_auth": ("anna", "wrong")}, "unable to authenticate user [anna] for REST request [/]"),
        ({"api_key": "d3Jvbmc6a2V5"}, "unable to authenticate with provided credentials"),
    ],
)
def test_strangers_are_refused(
    client: Callable[..., Elasticsearch], certificates: Certificates, way_in: dict[str, Any], reason: str
) -> None:
    with pytest.raises(AuthenticationException) as refused:
        client(ca_certs=str(certificates.authority), **way_in).info()
    assert refused.value.body["error"]["reason"].startswith(reason)


def test_a_missing_privilege_is_named_as_elasticsearch_names_it(
    client: Callable[..., Elasticsearch], certificates: Certificates, elasticsearch_library: str
) -> None:
    index = f"imgsearch-{elasticsearch_library}-secured"
    reader = client(api_key=READER.encoded, ca_certs=str(certificates.authority))
    with pytest.raises(AuthorizationException) as refused:
        reader.bulk(operations=[{"index": {"_index": index}}, {"n": 1}])
    assert refused.value.body["error"]["reason"] == (
        "action [indices:data/write/bulk] is unauthorized for API key id [k1] of user [bert] "
        f"on indices [{index}], this action is granted by the index privileges "
        "[create_doc,create,delete,index,write,all]"
    )
    with pytest.raises(AuthorizationException, match="create_index,manage,all"):
        reader.indices.create(index=index)
    with pytest.raises(ApiError, match="no such index"):  # allowed to look, and the real server answers
        reader.search(index=index)
