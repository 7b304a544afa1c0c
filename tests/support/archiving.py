"""An installation whose audit trail has lines of several years, and what an operator asks of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from ops.auditing.anchoring import Anchorer, kept_folder
from ops.auditing.command import command
from shared.actor import Actor
from shared.database import Sessions
from shared.recording import audit
from tests.support.tampering import ACTOR

OTHER = replace(ACTOR, bureau="C")
LAST_INSTANT = datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)  # of 2025 where the bureau is


class Installation:
    """One whose trail has lines of 2024, 2025 and 2026, anchored at each year's end, and the key of its archives."""

    def __init__(self, sessions: Sessions, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sessions, self.folder, self._monkeypatch = sessions, folder, monkeypatch
        self.anchorer = Anchorer(sessions.engine, kept_folder())
        identity = pyrage.x25519.Identity.generate()
        self.key, self.recipient = folder / "key", str(identity.to_public())
        self.identity = str(identity)
        self.key.write_text(self.identity)
        for at in (datetime(2024, 6, 1, tzinfo=UTC), LAST_INSTANT, datetime(2025, 12, 31, 16, tzinfo=UTC)):
            self.write(at, ACTOR, 20)
            self.write(at, OTHER, 10)
            assert self.anchorer.anchor()

    def write(self, at: datetime, actor: Actor, lines: int) -> None:
        self._monkeypatch.setattr("shared.recording.now", lambda: at)
        with self.sessions.begin(actor) as session:
            for number in range(lines):
                audit(session, action="device.approved", subject=f"C{number}", before={}, after={"name": "甲\u2028"})

    def ask(self, *words: object) -> Result:
        return CliRunner().invoke(command, [str(one) for one in words])

    def archive(self, year: int = 2025) -> Path:
        file = self.folder / f"{year}.age"
        done = self.ask("archive", file, f"--year={year}", f"--to={self.recipient}")
        assert done.exit_code == 0, done.output
        return file

    def verified(self, *files: Path) -> Result:
        given = [f"--archive={one}" for one in files]
        return self.ask("verify", "attendance", *given, *([f"--key={self.key}"] if files else []))

    def left(self) -> list[int]:
        """How many lines each chain has in the database."""
        statement = text("SELECT count(*) FROM attendance.audit GROUP BY chain ORDER BY chain")
        with self.sessions.engine.connect() as connection:
            return list(connection.execute(statement).scalars())
