"""The small bureau at work."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from marshmallow import ValidationError
from sqlalchemy import text

from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from shared.actor import Actor
from shared.database import Sessions, open_sessions
from shared.errors import Invalid, Problem
from tests.component.declarations.states import ACTORS, CYCLE, LIBRARY, PERSONS, UNITS, claim, cycle


class Bureau:
    """Does to the service what its entrypoints do."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.service = DeclarationsService()
        self.service.database = sessions  # what the dependency provider gives it

    @classmethod
    @contextmanager
    def on(cls, url: str) -> Iterator["Bureau"]:
        sessions = open_sessions(url, "declarations")
        try:
            yield cls(sessions)
        finally:
            sessions.engine.dispose()

    def ask(self, method: str, by: str | Actor, body: dict[str, Any]) -> dict[str, Any]:
        """As over the wire: what does not fit the contract is the caller's ``Problem``."""
        try:
            answer: dict[str, Any] = getattr(self.service, method)(ACTORS[by] if isinstance(by, str) else by, body)
        except ValidationError as error:
            raise Invalid.from_marshmallow(error) from error
        return answer

    def handle(self, keep: Callable[..., None], *states: Any, **options: Any) -> None:
        with self.sessions.begin_handling(states) as session:
            keep(session, states, **options)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        with self.sessions.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(statement)).mappings()]

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) AS n FROM declarations.{table}")[0]["n"])

    def declare(self, by: str = "PS", *entries: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
        body = {"cycle": CYCLE, "period": "2026-M01", **options}
        body["entries"] = [self._replacing(by, one, body) for one in entries or [ratio()]]
        declared: list[dict[str, Any]] = self.ask("declare_items", by, body)["declarations"]
        return declared

    def _replacing(self, by: str, entry: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        """The entry with the revision that it replaces: whoever calls has read it."""
        item = (
            entry.get("subject") or body.get("subject") or by,
            entry.get("period") or body["period"],
            entry["indicator"],
        )
        known = self.rows("SELECT subject, period, indicator, revision FROM declarations.declaration")
        found = {(one["subject"], one["period"], one["indicator"]): one["revision"] for one in known}
        return {"revision": found[item], **entry} if item in found else entry

    def decide(self, what: str, by: str, ids: Sequence[str], **options: Any) -> list[dict[str, Any]]:
        body = {"cycle": CYCLE, "declarations": [{"declaration": one} for one in ids], **options}
        decided: list[dict[str, Any]] = self.ask(f"{what}_declarations", by, body)["declarations"]
        return decided

    def rule(self, **days: Any) -> dict[str, Any]:
        """Deadlines for the monthly items, by default those of ``RULE``."""
        rule = {"frequency": "monthly", "since": "2026-01-01", **(days or RULE)}
        return self.ask("set_timetable", "office", {"cycle": CYCLE, "rules": [rule]})


# Of January: to be declared by the 4th, verified by the 6th, assessed by the 11th of February; escalated on the 10th.
RULE = {"declare": 3, "verify": 5, "assess": 8, "correct": 2, "remind": 2, "escalate": 2}


CONTRIBUTION = {
    "subject": "PS",
    "indicator": "11-01-05",
    "period": "2026-H1",
    "title": "甲",
    "effect": "乙",
    "proof": "丙",
}
ORDER = {"indicator": "03-01-01", "period": "2026-M01", "title": "甲", "standard": "乙", "subjects": ["PS"]}


def ratio(done: str = "3", **options: Any) -> dict[str, Any]:
    return {"indicator": "01-01-01", "counts": {"done": done}, **options}


def refusal(raised: pytest.ExceptionInfo[Problem]) -> tuple[int | None, str]:
    (entry,) = raised.value.errors
    return entry.get("row"), entry["code"]


def settled(url: str) -> None:
    """Let the small bureau settle in the database of ``url``."""
    with Bureau.on(url) as bureau:
        settle_in(bureau)


def settle_in(bureau: Bureau) -> None:
    bureau.handle(projections.keep_units, *UNITS)
    bureau.handle(projections.keep_persons, *PERSONS)
    bureau.handle(projections.keep_cycles, cycle())
    bureau.handle(projections.keep_indicators, *LIBRARY)
    bureau.handle(
        projections.keep_claims, *(claim(one, "01-01-01", "10") for one in ("PS", "HS", "P9", "P10", "Q10", "P8"))
    )
