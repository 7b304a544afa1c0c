"""Every list page as a bureau of 300 with 100,000 declarations opens it: the calls that the console makes, through the deployment's own processes.

Told are the 95th percentile of all calls of a page one after another (the console makes them side by side), the processor time of all
processes for them, which other work on the machine hardly changes, and their statements. ``python -m benchmarks.lists``; exits with 1 where
a page takes a second of processor time or more.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.peers.arguments import arguments
from benchmarks.state_changes import processor_seconds
from tests.support.deployment import Deployment
from tests.support.folders import reachable_folder
from tests.support.sent_statements import NamedDeployment, sent_by
from tests.support.visiting import Visitor

STAFF, NUMBER, CYCLE, PERIOD = 300, 100_000, "2026", "2026-M10"
LIMIT = 1.0  # second of a page
ASKED, COUNTED = 10, 3  # times each

# Each person, month by month, as many items of the library as make 100,000: most of them recorded, the last months on the desks.
_FILL = text(
    """
    WITH items AS (
        SELECT indicator, assessor, row_number() OVER (ORDER BY indicator) AS place FROM declarations.indicator
        WHERE bureau = :bureau AND cycle = :cycle AND 'person' = ANY(layers)
    ), people AS (SELECT person, unit FROM declarations.person WHERE bureau = :bureau AND active),
    numbered AS (
        SELECT people.*, items.*, month, row_number() OVER (ORDER BY items.place, month, person) AS n
        FROM people CROSS JOIN items CROSS JOIN generate_series(1, 12) month
    )
    INSERT INTO declarations.declaration (bureau, cycle, declaration, revision, indicator, subject, layer, period, unit, assessor,
        status, not_applicable, differs, counts, self_points, points, evidence, declared_by, verified_by, assessed_by, arrived_on, due_on)
    SELECT :bureau, :cycle, 'd' || lpad(n::text, 9, '0'), 1, indicator, person, 'person', :cycle || '-M' || lpad(month::text, 2, '0'), unit,
        assessor, status, false, n % 50 = 0, '{"done": "1"}', 1, 1, '[]', person, CASE WHEN status <> 'declared' THEN 'H' END,
        CASE WHEN status = 'recorded' THEN 'A' END, make_date(:year, month, 28), make_date(:year, month, 28) + 5
    FROM (SELECT *, CASE WHEN month < 9 THEN 'recorded' WHEN month < 11 THEN 'verified' ELSE 'declared' END AS status FROM numbered) told
    WHERE n <= :number
    ON CONFLICT DO NOTHING
    """
)
_WAITING = [f"declarations?cycle={CYCLE}&waiting={{step}}&limit=500", f"declarations/clearing?cycle={CYCLE}"]
_NAMES = ["units?limit=500", "persons?limit=500", f"indicators?cycle={CYCLE}&limit=500"]
PAGES: list[tuple[str, str, list[str]]] = [
    ("staff", "/", [f"to-dos?cycle={CYCLE}", "notices?limit=6", f"to-dos/done?cycle={CYCLE}&limit=8"]),
    ("staff", "/declare", [f"forms/review?cycle={CYCLE}&subject={{person}}&period={PERIOD}", f"declarations/due?cycle={CYCLE}&subject={{person}}&period={PERIOD}"]),
    ("unit_head", "/verify", [*_NAMES, _WAITING[0].format(step="verify")]),
    ("unit_head", "/verify?show=mine", [f"declarations?cycle={CYCLE}&status=verified&may=true&period={PERIOD}&limit=500"]),
    ("assessor", "/assess", [*_NAMES, *(one.format(step="assess") for one in _WAITING)]),
    ("assessor", "one item beside the list", [f"declarations?cycle={CYCLE}&indicator={{indicator}}&period={PERIOD}&limit=100"]),
    ("office", "/orders", [f"task-orders?cycle={CYCLE}&limit=500"]),
    ("office", "/contributions", [f"contributions?cycle={CYCLE}&limit=500"]),
    ("office", "/appeals", [f"appeals?cycle={CYCLE}&limit=500"]),
    ("office", "/vetoes", [f"vetoes?cycle={CYCLE}&limit=500"]),
    ("office", "/checks", [f"spot-checks?cycle={CYCLE}&limit=200"]),
    ("office", "/campaigns", [f"campaigns?cycle={CYCLE}"]),
    ("office", "/people", [*_NAMES, "positions?limit=500"]),
    ("office", "/library", _NAMES),
    ("office", "/ranking", [f"standings?cycle={CYCLE}&layer=person&limit=500"]),
    ("office", "/claims", [f"claims/balance?cycle={CYCLE}"]),
    ("office", "/delegations", ["delegations?limit=100"]),
    ("admin", "/accounts", ["accounts?limit=500"]),
    ("hr", "/attendance/desk", ["leaves?limit=500"]),
    ("hr", "/devices/wall", ["devices/wall"]),
    ("complaints_centre", "/cases", ["cases?limit=500"]),
    ("complaints_centre", "/traders", ["traders?limit=500"]),
]  # fmt: skip


class People:
    """Who asks: the demo's accounts, one of each role."""

    def __init__(self, deployment: Deployment, connection: Connection) -> None:
        self._url, self._deployment = deployment.url, deployment
        self._known = json.loads((deployment.folder / "var" / "demo-accounts.json").read_text(encoding="utf-8"))[
            "accounts"
        ]
        self._inside: dict[str, Visitor] = {}
        self.bureau = next(one["bureau"] for one in self._known if one["role"] == "staff")
        busiest = text(
            "SELECT indicator FROM declarations.declaration GROUP BY indicator ORDER BY count(*) DESC LIMIT 1"
        )
        self._words = {
            "person": next(one["person"] for one in self._known if one["role"] == "staff"),
            "indicator": lambda: connection.scalar(busiest),
        }

    def ask(self, role: str, call: str) -> int:
        """Return how many rows the answer has."""
        if role not in self._inside:
            account = next(one for one in self._known if one["role"] == role)
            self._inside[role] = Visitor(self._url, "127.0.0.1").log_in(account)
        words = {
            name: value() if callable(value) else value for name, value in self._words.items() if f"{{{name}}}" in call
        }
        answer = self._inside[role].ask("GET", f"/api/v1/{call.format(**words)}")
        if answer.status_code != 200:
            raise RuntimeError(f"{role} {call}: {answer.text}")
        return len(answer.json().get("items", []))

    def processor(self) -> float:
        """Return the seconds that all processes of the system have taken so far."""
        return sum(processor_seconds(self._deployment).values())


def main() -> int:
    with _world() as (people, connection):
        number = connection.scalar(text("SELECT count(*) FROM declarations.declaration"))
        sys.stdout.write(f"{number} declarations of {STAFF} people\n")
        kept = [_page(people, connection, *one) for one in PAGES]
    return 0 if all(kept) else 1


def _page(people: People, connection: Connection, role: str, path: str, calls: list[str]) -> bool:
    def opened() -> int:
        return sum(people.ask(role, call) for call in calls)

    rows = opened()
    times, before = [], people.processor()
    for _ in range(ASKED):
        started = time.perf_counter()
        opened()
        times.append(time.perf_counter() - started)
    used = (people.processor() - before) / ASKED
    counted, _, _ = sent_by(connection, opened, COUNTED)
    slowest, kept = statistics.quantiles(times, n=20)[-1], used < LIMIT
    wall = f"p95 {slowest * 1000:5.0f} ms, median {statistics.median(times) * 1000:5.0f} ms"
    took = f"{used * 1000:4.0f} ms of processor time, {sum(counted.values()):3.0f} statements, {rows:4} rows"
    sys.stdout.write(f"{role:<18}{path:<26} {took}; {wall}{'' if kept else '   PASSED OVER'}\n")
    return kept


@contextmanager
def _world() -> Iterator[tuple[People, Connection]]:
    with reachable_folder() as folder:
        deployment = NamedDeployment(folder)
        try:
            deployment.start()
            deployment.kaohe("demo", "--staff", str(STAFF), "--year", "2026", "--bare")
            engine = create_engine(deployment.database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                people = People(deployment, connection)
                connection.execute(
                    _FILL, {"bureau": people.bureau, "cycle": CYCLE, "year": int(CYCLE), "number": NUMBER}
                )
                connection.execute(text("VACUUM ANALYZE"))
                yield people, connection
        finally:
            deployment.stop()


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
