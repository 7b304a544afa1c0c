"""Declarations in a cycle of 100,000: lists and to-dos at the service, as each kind of user asks for them; then 300 assessors who
clear their lists at once. Peer: the bare count of the same rows by one index.

``python -m benchmarks.declarations``; exits with 1 where a median passes its limit, or a decision is lost or doubled.
``python -m benchmarks.declarations explain`` prints the plans instead.
"""

import statistics
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from typing import Any

from sqlalchemy import text

from benchmarks.peers.arguments import arguments
from benchmarks.peers.measuring import seconds, times_of
from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from shared.actor import Actor, Grant
from shared.database import Sessions, open_sessions
from shared.errors import Conflict
from tests.component.declarations.states import CYCLE, B, actor, cycle, indicator, person, unit
from tests.support.measuring import postgres, print_slow_plans

NUMBER, PERSONS, UNITS, INDICATORS = 100_000, 1_000, 30, 300
LIMIT = 0.1  # seconds, of the median
ASKED = 40  # times each
ASSESSORS, WORKERS, EACH = 300, 20, 60  # who clear at once, what two replicas run at once, items of each

# Period's end: most of the year is recorded, the last month lies on the desks.
_FILL = text(
    """
    INSERT INTO declarations.declaration (bureau, cycle, declaration, revision, indicator, subject, layer, period, unit, assessor,
        status, not_applicable, differs, counts, self_points, points, evidence, declared_by, verified_by, assessed_by, arrived_on, due_on)
    SELECT 'B00', '2026', 'd' || lpad(n::text, 9, '0'), 1, 'I' || n % :indicators, 'P' || person, 'person',
        '2026-M' || lpad((1 + n / (:number / 12 + 1))::text, 2, '0'), 'S' || person % :units, 'S' || n % :indicators % :units, status,
        false, n % 50 = 0, '{"done": "1"}', 1, 1, '[]', 'P' || person,
        CASE WHEN status IN ('verified', 'assessed', 'recorded') THEN 'H' || person % :units END,
        CASE WHEN status IN ('assessed', 'recorded') THEN 'A1' END, date '2026-11-01', date '2026-11-01' + n % 40
    FROM (SELECT n, n / 7 % :persons AS person, CASE
            WHEN n < :number * 0.7 THEN 'recorded' WHEN n % 10 < 3 THEN 'assessed' WHEN n % 10 < 7 THEN 'verified'
            WHEN n % 10 < 9 THEN 'declared' ELSE 'returned' END AS status
          FROM generate_series(0, :number - 1) n) numbers
    ON CONFLICT DO NOTHING
    """
)
_DEEDS = text(
    """
    INSERT INTO declarations.deed (bureau, cycle, person, at, kind, item, indicator, subject, period, before, after)
    SELECT bureau, cycle, verified_by, now(), 'declaration', declaration, indicator, subject, period, 'declared', 'verified'
    FROM declarations.declaration WHERE verified_by IS NOT NULL
    """
)


class Asked:
    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.service = DeclarationsService()
        self.service.database = sessions  # type: ignore[assignment]  # what the dependency provider gives it

    def __call__(self, method: str, who: Actor, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.service, method)(who, body)
        return answer

    def settle_in(self) -> None:
        units = [unit(f"S{n}", "station" if n % 3 else "division", "all") for n in range(UNITS)]
        people = [person(f"P{n}", f"S{n % UNITS}", "all") for n in range(PERSONS)]
        heads = [person(f"H{n}", f"S{n}", "all", head=True) for n in range(UNITS)]
        library = [indicator(f"I{n}", "ratio", {"cap": "1.0"}, assessor=f"S{n % UNITS}") for n in range(INDICATORS)]
        self._handle(projections.keep_units, [unit(B, "bureau", "all"), *units])
        self._handle(projections.keep_persons, [*people, *heads])
        self._handle(projections.keep_cycles, [cycle()])
        self._handle(projections.keep_indicators, library)
        sizes = {"number": NUMBER, "persons": PERSONS, "units": UNITS, "indicators": INDICATORS}
        with self.sessions.engine.begin() as connection:
            connection.execute(_FILL, sizes)
            connection.execute(_DEEDS)
        with self.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def _handle(self, keep: Any, states: list[Any]) -> None:
        with self.sessions.begin_handling(states) as session:
            keep(session, states)

    def scalar(self, statement: str) -> Any:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(statement)).scalar()


USERS = {
    "staff": actor("P7"),
    "head": actor("H7", Grant("unit_head", "unit", "S7")),
    "assessor": actor("A7", Grant("assessor", "unit", "S7")),
    "leader": actor("L1", Grant("leader", "bureau")),
    "panel": actor("K1", Grant("panel", "bureau")),
    "office": actor("O1", Grant("office", "bureau")),
}
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    *((who, "list_to_dos", {"cycle": CYCLE}) for who in USERS),
    *((who, "list_declarations", {"cycle": CYCLE}) for who in USERS),
    ("head", "list_declarations", {"cycle": CYCLE, "unit": "S7", "status": "declared"}),
    ("assessor", "list_declarations", {"cycle": CYCLE, "assessor": "S7", "status": "verified"}),
    ("office", "list_declarations", {"cycle": CYCLE, "period": "2026-M11", "indicator": "I100"}),
    ("office", "list_declarations", {"cycle": CYCLE, "differs": True}),
    ("office", "list_declarations", {"cycle": CYCLE, "machine_changed": True}),
    ("office", "list_declarations", {"cycle": CYCLE, "overdue": True}),
    ("staff", "list_due", {"cycle": CYCLE, "period": "2026-M12"}),
    ("head", "list_done", {"cycle": CYCLE}),
    ("assessor", "preview_clearing", {"cycle": CYCLE}),
    ("panel", "sum_lateness", {"cycle": CYCLE}),
    ("office", "list_notices", {}),
]


def main(words: Sequence[str] = ()) -> int:
    with postgres("declarations") as url:
        sessions = open_sessions(url, "declarations")
        ask = Asked(sessions)
        ask.settle_in()
        if "explain" in words:
            return _explain(ask)
        count = "SELECT count(*) FROM declarations.declaration WHERE cycle = '2026'"
        peer = times_of(lambda: ask.scalar(count), ASKED)
        sys.stdout.write(f"{ask.scalar(count)} declarations; peer: counting them all {_told(peer)}\n")
        kept = [_question(ask, *one) for one in QUESTIONS]
        kept.append(_clear(ask))
        sessions.engine.dispose()
    return 0 if all(kept) else 1


def _question(ask: Asked, who: str, method: str, body: dict[str, Any]) -> bool:
    times = times_of(lambda: ask(method, USERS[who], **body), ASKED)
    kept = statistics.median(times) <= LIMIT
    filters = " ".join(f"{name}={value}" for name, value in body.items() if name != "cycle")
    sys.stdout.write(f"{who:<9}{method:<18}{filters:<34} {_told(times)}{'' if kept else '   PASSED OVER'}\n")
    return kept


def _told(times: list[float]) -> str:
    return f"p50 {statistics.median(times) * 1000:>6.1f} ms   p99 {times[-1] * 1000:>6.1f} ms"


def _clear(ask: Asked) -> bool:
    """Everyone's items are theirs to clear with somebody else of the section, so that they meet."""
    _lay_on_desks(ask)
    workers = Semaphore(WORKERS)
    results: list[tuple[int, int]] = []
    with ThreadPoolExecutor(ASSESSORS) as pool:
        took = seconds(lambda: results.extend(pool.map(lambda n: _clear_one(ask, workers, n), range(ASSESSORS))))
    cleared, told = (sum(one[part] for one in results) for part in (0, 1))
    wanted = ASSESSORS // 2 * EACH
    twice = ask.scalar(
        "SELECT count(*) FROM (SELECT item FROM declarations.deed WHERE after = 'assessed' AND item LIKE 'c%'"
        " GROUP BY item HAVING count(*) > 1) doubled"
    )
    done = ask.scalar(
        "SELECT count(*) FROM declarations.declaration WHERE status = 'assessed' AND declaration LIKE 'c%'"
    )
    sys.stdout.write(
        f"{ASSESSORS} assessors clear {wanted} items, {WORKERS} at once: {cleared} decided, {done} assessed, {twice} twice,"
        f" {told} times told that another was faster, {took:.1f} s\n"
    )
    return cleared == done == wanted and twice == 0


def _lay_on_desks(ask: Asked) -> None:
    statement = text(
        """
        INSERT INTO declarations.declaration (bureau, cycle, declaration, revision, indicator, subject, layer, period, unit, assessor,
            status, not_applicable, differs, counts, self_points, points, evidence, declared_by, verified_by)
        SELECT 'B00', '2026', 'c' || lpad(n::text, 9, '0'), 1, 'C' || n / :each, 'P' || n % :each, 'person', '2026-M12', 'S1', 'S0',
            'verified', false, false, '{"done": "1"}', 1, 1, '[]', 'P' || n % :each, 'H1' FROM generate_series(0, :number - 1) n
        """
    )
    with ask.sessions.engine.begin() as connection:
        connection.execute(statement, {"each": EACH, "number": ASSESSORS // 2 * EACH})


def _clear_one(ask: Asked, workers: Semaphore, number: int) -> tuple[int, int]:
    """(items cleared, times told that another was faster), two assessors going for each indicator."""
    who = actor(f"A{number}", Grant("assessor", "unit", "S0"))
    query = {"cycle": CYCLE, "indicator": f"C{number // 2}"}
    cleared = told = 0
    while True:
        with workers:
            shown = ask("preview_clearing", who, **query)
        if not shown["expected"]:
            return cleared, told
        try:
            with workers:
                done = ask("clear_declarations", who, **query, expected=shown["expected"], etag=shown["etag"])
            cleared += len(done["declarations"])
        except Conflict:
            told += 1


def _explain(ask: Asked) -> int:
    """Every statement of every question that takes longer than 5 ms, with its plan."""
    print_slow_plans(ask.sessions.engine, 5)
    for who, method, body in QUESTIONS:
        sys.stdout.write(f"\n=== {who} {method} {body}\n")
        ask(method, USERS[who], **body)
    return 0


if __name__ == "__main__":
    sys.exit(main(arguments(__doc__, "explain").words))
