"""`imgsearch` with an Elasticsearch server: choose, try, fill, tell; no secret leaves the keyring."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from imgsearch_desktop.adapters.config.secrets import API_KEY_VARIABLE
from tests.support.command_line import CommandLine, Ran, seed_model_cache
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.security import Account, Certificates, Gatekeeper, make_certificates
from tests.support.elasticsearch.server import ask

KEY = Account("ann", "s3cr3t-of-the-key", key_id="photos")
USER = Account("ann", "s3cr3t-pässword")
FEW_RIGHTS = Account("ben", "s3cr3t-of-ben", key_id="reader", denied=("indices:data/write",))
SECRETS = [
    KEY.secret,
    KEY.encoded,
    USER.secret,
    USER.header.removeprefix("Basic "),
    FEW_RIGHTS.secret,
    FEW_RIGHTS.encoded,
    "s3cr3t",
]

NOBODY = "http://127.0.0.1:9"


class MemoryKeyring(KeyringBackend):
    """A keyring of the test's own."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    own = MemoryKeyring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


@pytest.fixture
def run(
    tmp_path: Path, worked_out_model: Path, capsys: pytest.CaptureFixture[str], elasticsearch_url: str
) -> Iterator[CommandLine]:
    """Runs commands on a library of the test's own; its index goes with it."""
    library = tmp_path / "library"
    seed_model_cache(worked_out_model, library)
    run = CommandLine(library, capsys)
    yield run
    index = _index(run, elasticsearch_url)
    if index:
        assert ask(_port(elasticsearch_url), "DELETE", f"/{index}")["acknowledged"]


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def _index(run: CommandLine, url: str) -> str | None:
    from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue

    catalogue = SqliteCatalogue(run.library)
    try:
        return next(iter(ask(_port(url), "GET", f"/imgsearch-{catalogue.library_id}-*")), None)
    finally:
        catalogue.close()


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "certificates")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.fixture
def everything_said(
    run: CommandLine, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> Iterator[list[Ran]]:
    """Every command that is noted here; at the end no secret is in what was printed, logged or written."""
    caplog.set_level(logging.DEBUG)
    ran: list[Ran] = []
    yield ran
    assert ran
    printed = "".join(each.out + each.err for each in ran)
    written = b"".join(path.read_bytes() for path in run.library.rglob("*") if path.is_file())
    for secret in SECRETS:
        assert secret not in printed
        assert secret.encode() not in written
        assert secret not in caplog.text


def test_the_way_of_a_library_to_a_server_and_back(
    run: CommandLine, photos: Path, elasticsearch_url: str, own_keyring: MemoryKeyring
) -> None:
    assert run("index", photos).code == 0
    used = run("engine", "use", "elasticsearch", "--url", elasticsearch_url)
    assert (used.code, used.out.strip()) == (0, "Elasticsearch is up to date.")
    assert run.json("search", "beach", "--weak")["engine"] == "elasticsearch"

    status = run.json("status")
    assert (status["engine"], status["waiting"], status["engine_away"]) == ("elasticsearch", 0, None)
    listed = run.json("engine")["engines"]
    assert [(e["name"], e["active"], e["photos"], e["waiting"]) for e in listed] == [
        ("embedded", False, 10, 0),
        ("elasticsearch", True, 10, 0),
    ]
    facts = run.json("engine", "status")
    assert (facts["index"], facts["photos"], facts["waiting"]) == (_index(run, elasticsearch_url), 10, 0)
    assert run.json("engine", "test")["usable"]
    rebuilt = run("engine", "rebuild")
    assert (rebuilt.code, rebuilt.out.strip()) == (0, "Elasticsearch is up to date.")

    assert run("engine", "use", "embedded").code == 0
    assert run.json("search", "beach", "--weak")["engine"] == "embedded"
    assert [e["name"] for e in run.json("engine")["engines"]] == ["embedded"]


def test_an_engine_for_one_run(run: CommandLine, photos: Path, elasticsearch_url: str) -> None:
    once = ("--engine", "elasticsearch", "--elasticsearch-url", elasticsearch_url)
    assert run("index", photos, *once).code == 0
    assert run.json("search", "beach", "--weak", *once)["engine"] == "elasticsearch"
    assert run.json("search", "beach", "--weak")["engine"] == "embedded"


def test_a_server_that_is_away_is_told_everywhere_and_stops_nothing(run: CommandLine, photos: Path) -> None:
    indexed = run("index", photos, "--elasticsearch-url", NOBODY)
    assert indexed.code == 0
    assert "10 added" in indexed.out
    away = "Elasticsearch is away: 10 changes waiting. Elasticsearch at http://127.0.0.1:9 cannot be reached."
    assert away in indexed.err
    assert away in run("status", "--elasticsearch-url", NOBODY).out
    shape = run.json("status", "--elasticsearch-url", NOBODY)
    assert (shape["waiting"], shape["engine_waiting"]) == (10, 10)
    assert "cannot be reached" in shape["engine_away"]
    found = run("search", "beach", "--weak", "--json", "--elasticsearch-url", NOBODY)
    assert (found.json["engine"], len(found.json["hits"])) == ("embedded", 10)
    assert "The embedded engine answers meanwhile." in found.err
    doctor = run("doctor", "--elasticsearch-url", NOBODY)
    assert doctor.code == 0
    assert "cannot be reached" in doctor.out
    tested = run("engine", "test", "--elasticsearch-url", NOBODY)
    assert tested.code == 1
    assert "cannot be reached" in tested.out


def test_what_cannot_be_used_is_not_chosen(run: CommandLine) -> None:
    ran = run("engine", "use", "elasticsearch", "--url", NOBODY)
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert ran.err.endswith("Nothing was changed.\n")
    assert [e["name"] for e in run.json("engine")["engines"]] == ["embedded"]
    assert run("engine", "use", "elasticsearch").code == 2
    twice = ("--url", NOBODY, "--cloud-id", "photos:eA=="), ("--ca-cert", "a.pem", "--fingerprint", "0" * 64)
    for both in twice:
        assert run("engine", "use", "elasticsearch", "--url", NOBODY, *both).code == 2


def test_without_an_address_only_what_is_given_changes(
    run: CommandLine,
    elasticsearch_proxy: Callable[..., Proxy],
    certificates: Certificates,
    own_keyring: MemoryKeyring,
    typed: Callable[[str], None],
) -> None:
    proxy = elasticsearch_proxy(tls=certificates.context, gate=Gatekeeper(USER, KEY))
    use = ("engine", "use", "elasticsearch")
    trust = ("--ca-cert", certificates.authority)
    typed(f"{USER.secret}\n")
    assert run(*use, "--url", proxy.url, "--user", "ann", "--password-stdin", *trust).code == 0
    assert run(*use, "--fingerprint", "0" * 64).code == 1
    assert run(*use, "--fingerprint", certificates.fingerprint).code == 0
    nobody = run(*use, "--user", "bea")
    assert (nobody.code, "does not accept the user" in nobody.err) == (1, True)
    typed("s3cr3t-wrong\n")
    assert run(*use, "--password-stdin").code == 1
    typed(f"{KEY.encoded}\n")
    assert run(*use, "--api-key-stdin").code == 0
    assert json.loads((run.library / "settings.json").read_text(encoding="utf-8"))["engine"] == {
        "engine": "elasticsearch",
        "elasticsearch_url": proxy.url,
        "cloud_id": None,
        "user": None,
        "ca_certificate": None,
        "fingerprint": certificates.fingerprint,
        "shards": 1,
        "replicas": 0,
        "text_model": None,
    }
    assert run("engine", "test").code == 0


def test_user_and_password_over_tls(
    run: CommandLine,
    photos: Path,
    elasticsearch_proxy: Callable[..., Proxy],
    certificates: Certificates,
    own_keyring: MemoryKeyring,
    typed: Callable[[str], None],
    everything_said: list[Ran],
) -> None:
    proxy = elasticsearch_proxy(tls=certificates.context, gate=Gatekeeper(USER))
    use = ("engine", "use", "elasticsearch", "--url", proxy.url, "--user", "ann", "--password-stdin")
    typed("s3cr3t-wrong\n")
    wrong = run(*use, "--ca-cert", certificates.authority)
    typed(f"{USER.secret}\n")
    untrusted = run(*use)
    assert (wrong.code, untrusted.code, own_keyring.kept) == (1, 1, {})
    typed(f"{USER.secret}\n")
    used = run(*use, "--ca-cert", certificates.authority)
    assert used.code == 0, used.err
    assert list(own_keyring.kept.values()) == [USER.secret]
    everything_said += [wrong, untrusted, used]
    everything_said += [
        run("index", photos),
        run("search", "beach", "--json", "--weak"),
        run("engine", "status"),
    ]
    assert json.loads(everything_said[-2].out)["engine"] == "elasticsearch"
    own_keyring.kept.clear()
    refused = run("status", "--json")
    assert refused.json["engine_away"]
    everything_said += [refused, run("doctor"), run("engine", "--json"), run("engine", "test", "--json")]


def test_an_api_key_without_a_keyring(
    run: CommandLine,
    photos: Path,
    elasticsearch_proxy: Callable[..., Proxy],
    certificates: Certificates,
    typed: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    everything_said: list[Ran],
) -> None:
    proxy = elasticsearch_proxy(tls=certificates.context, gate=Gatekeeper(KEY, FEW_RIGHTS))
    use = ("engine", "use", "elasticsearch", "--url", proxy.url, "--api-key-stdin")
    fingerprint = ("--fingerprint", certificates.fingerprint)
    typed(f"{FEW_RIGHTS.encoded}\n")
    few = run(*use, *fingerprint)
    assert few.code == 1
    assert "lacks the index privilege write on imgsearch-*. Give it to them. Nothing was changed." in few.err
    everything_said.append(few)
    typed(f"{KEY.encoded}\n")
    used = run(*use, *fingerprint)
    assert used.code == 0, used.err
    assert "IMGSEARCH_ES_API_KEY" in used.err
    everything_said.append(used)
    forgotten = run("status", "--json")
    assert forgotten.json["engine_away"]
    monkeypatch.setenv(API_KEY_VARIABLE, KEY.encoded)
    indexed = run("index", photos)
    found = run("search", "beach", "--json", "--weak")
    assert found.json["engine"] == "elasticsearch"
    everything_said += [forgotten, indexed, found, run("doctor", "--json")]
    monkeypatch.setenv(API_KEY_VARIABLE, FEW_RIGHTS.encoded)
    tested, as_json, doctor = run("engine", "test"), run("engine", "test", "--json"), run("doctor")
    assert (tested.code, as_json.code) == (1, 1)
    assert "NO    privileges  This user or API key lacks the index privilege write on" in tested.out
    [problem] = [finding for finding in json.loads(as_json.out)["findings"] if finding["kind"] == "problem"]
    assert problem["topic"] == "privileges"
    assert "lacks the index privilege write" in doctor.out
    everything_said += [tested, as_json, doctor]


def test_a_secret_is_for_the_server_it_was_given_for(
    run: CommandLine,
    elasticsearch_proxy: Callable[..., Proxy],
    own_keyring: MemoryKeyring,
    typed: Callable[[str], None],
    everything_said: list[Ran],
) -> None:
    mine, other = elasticsearch_proxy(gate=Gatekeeper(KEY)), elasticsearch_proxy(gate=Gatekeeper(KEY))
    typed(f"{KEY.encoded}\n")
    assert run("engine", "use", "elasticsearch", "--url", mine.url, "--api-key-stdin").code == 0
    everything_said.append(run("engine", "test", "--elasticsearch-url", other.url))
    assert everything_said[-1].code == 1
    assert run("engine", "test").code == 0
