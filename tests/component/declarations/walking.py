"""A walk through a year: steps by anybody, what each changed, and what it told; read from the tables, not from the service."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from services.declarations.storage import projections
from shared.actor import Actor, Grant
from shared.errors import Problem
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import ACTORS, CYCLE, UNITS, B, person

Row = dict[str, Any]
FIRST, LAST = date(2026, 1, 5), date(2026, 12, 28)
KEYS = {
    "declaration": "declaration",
    "task_order": "order",
    "contribution": "contribution",
    "temporary_work": "work",
    "appeal": "appeal",
    "veto": "veto",
    "inspection": "inspection",
    "delegation": "delegation",
    "spot_check": "spot_check",
}
# Of each: unit, line, and what is theirs by another account, which may do all that there is to do.
HOMES = {
    "L1": "B00", "H9": "D09", "P9": "D09", "H10": "D10", "P10": "D10", "Q10": "D10", "R1": "D10", "P8": "D08",
    "HS": "S01", "PS": "S01", "QS": "S01",
}  # fmt: skip
LINES = {one.unit: one.line for one in UNITS}
EVERYTHING = [
    *(Grant(role, "unit", unit) for role in ("unit_head", "assessor") for unit in ("S01", "D09", "D10")),
    *(Grant(role, "bureau") for role in ("panel", "leader", "office", "hr")),
]


@dataclass(frozen=True)
class Change:
    """One thing before and after a step; None where it was not yet."""

    family: str
    item: str
    before: Row | None
    after: Row

    @property
    def statuses(self) -> tuple[str | None, str]:
        return (self.before["status"] if self.before else None), self.after["status"]


@dataclass(frozen=True)
class Done:
    """A step that was accepted: the command, who gave it, and everything that it changed."""

    command: str
    by: Actor
    body: Row
    answer: Row
    changes: list[Change]
    notices: list[Row]

    @property
    def person(self) -> str:
        return str(self.by.person or self.by.account)


class Walk:
    def __init__(self, bureau: Bureau, seed: int, on: Callable[[str], None]) -> None:
        self.bureau, self.random, self._on = bureau, Random(seed), on
        self.day, self.revision = FIRST, 1
        self.heads: dict[str, set[str]] = {"B00": {"L1"}, "D09": {"H9"}, "D10": {"H10"}, "S01": {"HS"}}
        self.homes, self.gone = dict(HOMES), set[str]()
        self.actors = {name: one for name, one in ACTORS.items() if name != "stranger"}
        for name in ("PS", "HS", "Q10", "P9"):
            grants = (Grant("staff", "own"), *EVERYTHING)
            self.actors[f"{name}+"] = Actor(account=f"b-{name}", name=name, bureau=B, person=name, grants=grants)
        self.lines: list[str] = []  # what happened, for whoever has to look into it
        self.outcomes: Counter[tuple[str, bool]] = Counter()
        self.changed_on: dict[str, date] = {}
        self.laws: list[Callable[[Done], None]] = []
        self._on(self.day.isoformat())
        self.rows = self._read()
        self._told: set[str] = set()

    def pass_days(self) -> None:
        self.day = min(LAST, self.day + timedelta(days=self.random.randint(0, 2)))
        self._on(self.day.isoformat())

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def anybody(self, *likely: str) -> str:
        """One of the likely ones, as a rule; sometimes somebody who has no business with it, or another account."""
        here = [name for name in self.actors if name.rstrip("+") not in self.gone]
        known = [name for name in likely if name in here]
        return self.random.choice(known) if known and self.chance(0.85) else self.random.choice(here)

    def some(self, family: str, *statuses: str, within: int = 400) -> Row | None:
        """One that is in such a state, and came there or changed within so many days."""
        since = self.day - timedelta(days=within)
        rows = self.rows[family].items()
        found = [row for item, row in rows if row["status"] in statuses and self.changed_on.get(item, since) >= since]
        return self.random.choice(found) if found else None

    def ask(self, kind: str, method: str, by: str, body: Row) -> Row | None:
        """Take the step. What is refused changes nothing; what is done is held to the laws."""
        actor = self.actors[by]
        try:
            answer = self.bureau.ask(method, actor, body)
        except Problem as problem:
            self._note(kind, by, body, problem.code)
            assert self._read() == self.rows, f"{method} was refused and changed something"
            assert not self._new_notices(), f"{method} was refused and told somebody"
            return None
        some = body.get("mode") != "each" or any(found for name, found in answer.items() if name != "refused")
        self._note(kind, by, body, "done" if some else "left out")
        self._hold(Done(method, actor, body, answer, self._changes(), self._new_notices()))
        return answer

    def look_again(self) -> None:
        """After what no command did: what others' events changed here."""
        self.rows = self._read()
        self._new_notices()

    def place(self, who: str, *, head: bool = False, active: bool = True, unit: str | None = None) -> None:
        """Whoever is head, or is no more; has left, is back, or has moved."""
        self.revision += 1
        at = unit or self.homes[who]
        self.homes[who] = at
        for heads in self.heads.values():
            heads.discard(who)
        if head:
            self.heads[at].add(who)
        (self.gone.discard if active else self.gone.add)(who)
        line = LINES[at] if LINES[at] != "all" or at == "B00" else "routine_supervision"
        state = person(who, at, line, head=head, active=active, revision=self.revision)
        self.bureau.handle(projections.keep_persons, state)
        self.lines.append(f"{self.day} {who}: {at} head={head} active={active}")
        self.look_again()

    def _note(self, kind: str, by: str, body: Row, outcome: str) -> None:
        self.outcomes[kind, outcome == "done"] += 1
        told = {name: value for name, value in body.items() if name != "cycle"}
        self.lines.append(f"{self.day} {by} {kind}: {outcome} {told}")

    def _hold(self, done: Done) -> None:
        for law in self.laws:
            law(done)

    def _changes(self) -> list[Change]:
        before, self.rows = self.rows, self._read()
        changes = [
            Change(family, item, before[family].get(item), row)
            for family, rows in self.rows.items()
            for item, row in rows.items()
            if before[family].get(item) != row
        ]
        self.changed_on |= {one.item: self.day for one in changes}
        return changes

    def _read(self) -> dict[str, dict[str, Row]]:
        return {
            family: {
                row[key]: row for row in self.bureau.rows(f'SELECT * FROM declarations."{family}" ORDER BY "{key}"')
            }
            for family, key in KEYS.items()
        }

    def _new_notices(self) -> list[Row]:
        rows = self.bureau.rows("SELECT notice, address, kind, about, content FROM declarations.notice")
        new = [row for row in rows if row["notice"] not in self._told]
        self._told |= {row["notice"] for row in new}
        return new


def one_of(key: str, row: Row, **entry: Any) -> Row:
    """The list of one, as commands take it, at the revision that was read."""
    word = {"veto": "vetoes"}.get(key, f"{key}s")
    return {"cycle": CYCLE, word: [{key: row[key], "revision": row["revision"], **entry}]}
