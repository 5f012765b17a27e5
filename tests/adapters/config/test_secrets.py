from __future__ import annotations

import logging

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from imgsearch_desktop.adapters.config.secrets import (
    API_KEY_VARIABLE,
    SERVICE,
    KeyringSecrets,
    api_key_of_environment,
)

SECRET = "very s3cret"


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedKeyring(MemoryKeyring):
    """What raises may quote what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot store {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("locked")


def test_the_keyring_keeps_a_secret_for_the_next_run() -> None:
    keyring = MemoryKeyring()
    assert KeyringSecrets(keyring).store("API key for home", SECRET)
    assert keyring.kept == {(SERVICE, "API key for home"): SECRET}
    next_run = KeyringSecrets(keyring)
    assert (next_run.read("API key for home"), next_run.read("another")) == (SECRET, None)
    asked = keyring.asked
    assert next_run.read("API key for home") == SECRET
    assert keyring.asked == asked


def test_a_secret_can_be_forgotten() -> None:
    secrets = KeyringSecrets(MemoryKeyring())
    secrets.store("name", SECRET)
    secrets.forget("name")
    secrets.forget("never there")
    assert secrets.read("name") is None


@pytest.mark.parametrize("backend", [NoKeyring, LockedKeyring])
def test_without_a_keyring_a_secret_holds_for_this_session(
    backend: type[KeyringBackend], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = KeyringSecrets(backend())
    assert secrets.read("name") is None
    assert not secrets.store("name", SECRET)
    assert secrets.read("name") == SECRET
    secrets.forget("name")
    assert secrets.read("name") is None
    assert KeyringSecrets(backend()).read("name") is None
    assert SECRET not in caplog.text


def test_the_environment_may_hold_an_api_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert api_key_of_environment() is None
    monkeypatch.setenv(API_KEY_VARIABLE, SECRET)
    assert api_key_of_environment() == SECRET
