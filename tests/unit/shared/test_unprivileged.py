"""The system user that runs PostgreSQL under root."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier

import pytest

from shared.embedded import unprivileged


def test_two_first_starts_at_once_add_one_system_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[str] = []
    looked = Barrier(2)  # both have found no user before either adds one

    def getpwnam(name: str) -> str:
        if not known:
            raise KeyError(name)
        return name

    def alone() -> AbstractContextManager[None]:
        looked.wait(60)
        return one_at_a_time()

    one_at_a_time = unprivileged._alone
    monkeypatch.setattr(unprivileged, "HOME", tmp_path)
    monkeypatch.setattr(unprivileged, "_alone", alone)
    monkeypatch.setattr(unprivileged, "_add_system_user", lambda: known.append(unprivileged.SYSTEM_USER))
    monkeypatch.setattr(unprivileged.pwd, "getpwnam", getpwnam)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: unprivileged._system_account(), range(2)))
    assert (found, known) == ([unprivileged.SYSTEM_USER] * 2, [unprivileged.SYSTEM_USER])
