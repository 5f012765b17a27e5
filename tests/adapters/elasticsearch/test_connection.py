"""What a connection is told, and what it makes of it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.runtime.crash_handler import crash_sentence, write_crash_report

CLOUD = "photos:dXMtZWFzdC0xLmF3cy5mb3VuZC5pbyQxMjM0JDU2Nzg="


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://search.example.org", "https://search.example.org:9200"),
        ("http://localhost:9201/", "http://localhost:9201"),
        (" localhost ", "http://localhost:9200"),
        ("search.example.org:443", "http://search.example.org:443"),
        ("http://[::1]:9200", "http://[::1]:9200"),
        ("https://example.org:443/photos/search/", "https://example.org:443/photos/search"),
    ],
)
def test_an_address_is_completed(url: str, address: str) -> None:
    connection = ElasticsearchConnection(url)
    assert connection.address == address
    with connection.client() as client:
        assert [node.base_url for node in client.transport.node_pool.all()] == [address]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x",
        "http://",
        "http://x:port",
        "http://x:99999",
        "://",
        "http://x:0",
        "http://x?a=b",
        "http://x#a",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(EngineError, match="is no URL"):
        ElasticsearchConnection(url).client()


def test_no_address_at_all_is_refused() -> None:
    with pytest.raises(EngineError, match="No Elasticsearch address is set"):
        ElasticsearchConnection(" ").client()


@pytest.mark.parametrize("url", ["https://anna:secret@x", "https://secret@x:9200"])
def test_secrets_do_not_belong_in_an_address(url: str) -> None:
    with pytest.raises(EngineError, match="in their own fields") as refused:
        ElasticsearchConnection(url).client()
    assert "secret" not in str(refused.value)


def test_a_cloud_id_is_an_address_too() -> None:
    connection = ElasticsearchConnection(cloud_id=CLOUD, api_key="a2V5OnNlY3JldA==")
    assert connection.address == "photos"
    assert connection.encrypted
    with connection.client() as client:
        assert [node.base_url for node in client.transport.node_pool.all()] == [
            "https://1234.us-east-1.aws.found.io:443"
        ]


def test_a_cloud_id_that_is_none_is_refused() -> None:
    with pytest.raises(EngineError, match="The cloud id names no deployment"):
        ElasticsearchConnection(cloud_id="nonsense").client()


@pytest.mark.parametrize("fingerprint", ["ab" * 32, ":".join(["AB"] * 32), f" {'0' * 64} "])
def test_a_fingerprint_is_taken_as_other_programs_show_it(fingerprint: str) -> None:
    with ElasticsearchConnection("https://x", fingerprint=fingerprint).client() as client:
        assert client.transport.node_pool.get().config.ssl_assert_fingerprint == fingerprint.strip()


@pytest.mark.parametrize("fingerprint", ["zz", "ab" * 20, "ab" * 33, "x" * 64])
def test_a_fingerprint_that_is_none_is_refused(fingerprint: str) -> None:
    with pytest.raises(EngineError, match="is no SHA-256"):
        ElasticsearchConnection("https://x", fingerprint=fingerprint).client()


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"gone\.pem is not there"):
        ElasticsearchConnection("https://x", ca_certificate=tmp_path / "gone.pem").client()


def test_secrets_are_not_shown() -> None:
    connection = ElasticsearchConnection("https://x", user="anna", password="hush", api_key="hush-hush")
    assert "hush" not in repr(connection)
    assert "hush" not in connection.address


def test_no_crash_report_tells_a_secret(tmp_path: Path) -> None:
    """A bug on the way to the server: what its report quotes is code, values, and nothing secret."""
    connection = ElasticsearchConnection("https://x", user="anna", password="hush", api_key="hush-hush")
    try:
        raise RuntimeError(f"a bug with {connection} and {connection.client()}")
    except RuntimeError as error:
        report = write_crash_report(error, tmp_path)
        sentence = crash_sentence(error, report)
    assert report is not None
    written = report.read_text(encoding="utf-8")
    assert "anna" in written
    for secret in ("hush", base64.b64encode(b"anna:hush").decode()):
        assert secret not in written
        assert secret not in sentence
