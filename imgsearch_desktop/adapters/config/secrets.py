"""Passwords and keys: in the system's keyring, else in memory for as long as the program runs."""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "ImgSearch Desktop"
"""Under which the keyring shows what is kept here."""

API_KEY_VARIABLE = "IMGSEARCH_ES_API_KEY"
"""Environment variable with an API key; it goes before whatever is kept."""


class KeyringSecrets:
    """Fulfils `Secrets`; thread-safe.

    Keyrings differ in what they raise when they are locked, absent or broken: whatever it is, the secret is
    kept for this session, and the log names the kind of error without its words, which might quote it.

    Args:
        backend: the keyring, None for the system's.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend
        self._session: dict[str, str] = {}
        self._lock = threading.Lock()

    def read(self, name: str) -> str | None:
        """See `Secrets.read`."""
        with self._lock:
            if name in self._session:
                return self._session[name]
            try:
                secret = self._keyring().get_password(SERVICE, name)
            except Exception as error:
                _note("read", error)
                return None
            if secret:
                self._session[name] = secret
            return secret or None

    def store(self, name: str, secret: str) -> bool:
        """See `Secrets.store`."""
        with self._lock:
            self._session[name] = secret
            try:
                self._keyring().set_password(SERVICE, name, secret)
            except Exception as error:
                _note("written", error)
                return False
            return True

    def forget(self, name: str) -> None:
        """See `Secrets.forget`."""
        with self._lock:
            self._session.pop(name, None)
            try:
                self._keyring().delete_password(SERVICE, name)
            except Exception as error:
                _note("cleared", error)

    def _keyring(self) -> KeyringBackend:
        if self._backend is None:
            import keyring

            self._backend = keyring.get_keyring()
        return self._backend


def api_key_of_environment() -> str | None:
    """The API key that the environment names, None for none."""
    return os.environ.get(API_KEY_VARIABLE) or None


def _note(done: str, error: Exception) -> None:
    log.debug("The keyring cannot be %s (%s)", done, type(error).__name__)
