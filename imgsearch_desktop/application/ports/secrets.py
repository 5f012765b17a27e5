"""Where passwords and keys are kept."""

from __future__ import annotations

from typing import Protocol


class Secrets(Protocol):
    """Keeps secrets under names. It may ask the user to unlock the keyring: not for the GUI thread."""

    def read(self, name: str) -> str | None:
        """The secret, None where there is none or the keyring does not give it."""
        ...

    def store(self, name: str, secret: str) -> bool:
        """Keep a secret.

        Returns:
            True when the system's keyring has it, False when it holds for this session only.
        """
        ...

    def forget(self, name: str) -> None:
        """Keep it no longer; nothing happens where there is none."""
        ...
