"""What all components share."""

import pytest
from argon2 import PasswordHasher

from gateway.auth import passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODY = QUICK.hash("nobody")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of the real strength are held by tests/unit/gateway; here they would only be waited for."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    monkeypatch.setattr(passwords, "_NOBODY", NOBODY)
