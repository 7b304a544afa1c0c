"""A 12315 network with 100,000 cases: registering one, taking a step, the lists as a centre, a head and a handler ask for them, the errand
that watches the clocks. Peer: the bare count of the same rows.

``python -m benchmarks.complaints``; exits with 1 where a limit is passed.
``python -m benchmarks.complaints explain`` prints the plans of the slower statements instead.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections, supervising
from shared import clock
from shared.actor import Actor, Grant, system
from shared.clock import SHANGHAI
from shared.database import Sessions, open_sessions
from shared.embedded.postgres import EmbeddedPostgres
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.migrations import migrate
from shared.settings import Settings, settings

BUREAU, YEAR = "B00", "2026"
CASES, MODELS, UNITS, PEOPLE = 100_000, 400, 30, 300  # the models are lived through, the others are like them
ASKED, TIMES = 40, 400
STATEMENTS = 16  # of a registration or a step, about
REGISTER, STEP, LIST = 0.1, 0.15, 1.0  # seconds: the first two of the 99th percentile, lists of the median
TODAY = datetime(2026, 9, 15, 10, 0, tzinfo=SHANGHAI)

_COPIES = (
    """
    INSERT INTO complaints.cases ({columns}) SELECT {chosen} FROM complaints.cases, generate_series(1, :copies) n
    """,
    """
    INSERT INTO complaints.case_events ({columns}) SELECT {chosen} FROM complaints.case_events, generate_series(1, :copies) n
    """,
    """
    INSERT INTO complaints.case_facts ({columns}) SELECT {chosen} FROM complaints.case_facts, generate_series(1, :copies) n
    """,
)


class Clock:
    """Stands where it is put: the year is lived through in a moment."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


class Network:
    def __init__(self, sessions: Sessions) -> None:
        self.sessions, self.clock = sessions, Clock()
        self.service = ComplaintsService()
        self.service.database = sessions  # type: ignore[assignment]  # what the dependency provider gives it
        clock.now = self.clock  # type: ignore[assignment]  # nobody waits for a year

    def __call__(self, method: str, who: Actor, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.service, method)(who, body)
        return answer

    def settle_in(self) -> None:
        units = [_unit("B00", "bureau"), _unit("C01", "centre"), *(_unit(f"S{n}", "station") for n in range(UNITS))]
        people = [_person(f"P{n}", f"S{n % UNITS}") for n in range(PEOPLE)]
        with self.sessions.begin_handling(units) as session:
            projections.keep_units(session, units)
            projections.keep_persons(session, people)
            projections.keep_cycles(session, [_cycle()])
        dice = random.Random(1)
        for number in range(MODELS):
            self._live(number, dice)
        self.clock.now = TODAY
        self._multiply()

    def _live(self, number: int, dice: random.Random) -> None:
        """One case goes as far as it goes: most are concluded, some wait, some are overdue."""
        self.clock.now = TODAY - timedelta(days=dice.randrange(1, 250), hours=dice.randrange(8))
        case = self.register(number, "report" if number % 5 == 0 else "complaint")
        person = number % PEOPLE
        steps: list[dict[str, Any]] = [{"step": "assign", "unit": f"S{person % UNITS}", "handler": f"P{person}"}]
        if dice.random() < 0.9:
            steps += _way(number)
        for step in steps:
            self.clock.now = min(TODAY, self.clock.now + timedelta(days=dice.randrange(4), hours=1))
            self("take_steps", CENTRE, steps=[{"case": case, **step}])

    def register(self, number: int, kind: str = "complaint") -> str:
        who = {} if kind == "report" else {"consumer": f"示范{number}", "phone": f"138{number:08d}"}
        body = {
            "kind": kind,
            "intake_unit": "C01",
            "summary": f"商品质量纠纷{number}",
            "trader": f"示范商行{number % 997}",
            **who,
        }
        return str(self("register_cases", CENTRE, cases=[body])["cases"][0]["case"])

    def _multiply(self) -> None:
        copies = CASES // MODELS - 1
        with self.sessions.engine.begin() as connection:
            for statement in _COPIES:
                table = statement.split("complaints.")[1].split()[0]
                names = connection.execute(
                    text(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'complaints' AND table_name = :t"
                    ),
                    {"t": table},
                ).scalars()
                given = """CASE WHEN "name" = 'register'
                    THEN jsonb_set("given", '{number}', to_jsonb(("given" ->> 'number') || '-' || n)) ELSE "given" END"""
                own = {"code": "left(code, 28) || lpad(to_hex(n), 8, '0')"}
                if table == "case_events":
                    own["given"] = given
                if table == "cases":
                    own |= {
                        "number": "number || '-' || n",
                        "trader": "trader || n % 20",
                        "person_keys": "ARRAY[md5(code || n)]",
                    }
                listed = list(names)
                chosen = ", ".join(own.get(name, f'"{name}"') for name in listed)
                columns = ", ".join(f'"{name}"' for name in listed)
                connection.execute(text(statement.format(columns=columns, chosen=chosen)), {"copies": copies})
        with self.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def scalar(self, statement: str) -> Any:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(statement)).scalar()


def _way(number: int) -> list[dict[str, Any]]:
    if number % 5 == 0:
        return [{"step": "conclude", "outcome": "not_filed"}]
    if number % 7 == 0:
        return [{"step": "accept"}]
    ended = {"outcome": "settled"} if number % 3 else {"outcome": "terminated", "termination_ground": "1"}
    return [{"step": "contact"}, {"step": "accept"}, {"step": "conclude", **ended}]


def _unit(code: str, kind: str) -> UnitChanged:
    return UnitChanged(
        bureau=BUREAU, unit=code, revision=1, name=code, kind=kind, line="all", parent=None, active=True, by="bench"
    )


def _person(code: str, unit: str) -> PersonChanged:
    line = "special_supervision"
    return PersonChanged(
        bureau=BUREAU, person=code, revision=1, name=code, unit=unit, line=line, position="X", head=False,
        assignments=[], active=True, by="bench",
    )  # fmt: skip


def _cycle() -> CycleChanged:
    first, last = datetime(2026, 1, 1, tzinfo=SHANGHAI).date(), datetime(2026, 12, 31, tzinfo=SHANGHAI).date()
    return CycleChanged(
        bureau=BUREAU, cycle=YEAR, revision=1, status="open", starts=first, ends=last, periods=[], library_revision=1,
        model_revision=1, weights={}, composite={}, rounding="half_up", quota_percent=10, tie_chain=[], calendar={}, by="bench",
    )  # fmt: skip


def _actor(person: str | None, *grants: Grant) -> Actor:
    return Actor(account=person or "centre", name="bench", bureau=BUREAU, person=person, grants=grants)


CENTRE = _actor(None, Grant("complaints_centre", "bureau"))
WHO = {"centre": CENTRE, "head": _actor("P7", Grant("unit_head", "unit", "S7")), "handler": _actor("P8")}
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    *((who, "list_cases", {"sort": "due"}) for who in WHO),
    *((who, "list_cases", {"overdue": True, "sort": "due"}) for who in WHO),
    *((who, "count_cases", {}) for who in WHO),
    ("centre", "list_cases", {"sort": "-received_at"}),
    ("centre", "list_cases", {"colour": "soon"}),
    ("centre", "list_cases", {"q": "纠纷123"}),
    ("centre", "list_cases", {"q": "没有这样的词"}),
    ("centre", "list_cases", {"trader": "商行96"}),
    ("centre", "list_cases", {"status": "accepted", "unit": "S7", "total": True}),
    ("centre", "list_cases", {"total": True, "sort": "due", "skip": 5000}),
    ("head", "list_cases", {"q": "商行45"}),
    ("centre", "find_traders", {"q": "商行12"}),
    ("centre", "find_similar", {"phone": "13800000012", "trader": "示范商行12"}),
    ("centre", "show_period", {"since": "2026-06-01", "until": "2026-06-30"}),
    ("centre", "list_period_facts", {"since": "2026-01-01", "until": "2026-12-31", "figure": "accepted_in_time"}),
    ("centre", "show_calendar", {}),
]


def main() -> int:
    settings.use(Settings.read({"KAOHE_SECRET": "a secret of the benchmark, long enough"}))
    with _postgres() as url:
        sessions = open_sessions(url, "complaints")
        network = Network(sessions)
        network.settle_in()
        if "explain" in sys.argv:
            return _explain(network)
        count = "SELECT count(*) FROM complaints.cases"
        told = network.scalar(count), network.scalar("SELECT count(*) FROM complaints.cases WHERE next_look <= now()")
        sys.stdout.write(
            f"{told[0]} cases; peer: counting them {_told(_times(lambda: network.scalar(count), ASKED))}\n"
        )
        floor = _told(_times(lambda: _bare(network), TIMES))
        sys.stdout.write(f"peer of one and of a step: a transaction of {STATEMENTS} bare statements {floor}\n")
        kept = [_single(network), _steps(network), *(_question(network, *one) for one in QUESTIONS), _watch(network)]
        sessions.engine.dispose()
    return 0 if all(kept) else 1


def _bare(network: Network) -> None:
    with network.sessions.engine.begin() as connection:
        for _ in range(STATEMENTS):
            connection.execute(text("SELECT 1"))


def _single(network: Network) -> bool:
    numbers = iter(range(10**6, 10**6 + 2 * TIMES))
    return _held("register one", _times(lambda: network.register(next(numbers)), TIMES), REGISTER, p99=True)


def _steps(network: Network) -> bool:
    """Each of the three steps of a case in turn; the fourth begins with another case."""
    cases = [network.register(2 * 10**6 + n) for n in range(TIMES // 3 + 1)]
    way = [
        {"case": case, **step}
        for case in cases
        for step in (
            {"step": "assign", "unit": "S3", "handler": "P3"},
            {"step": "accept"},
            {"step": "conclude", "outcome": "settled"},
        )
    ]
    steps = iter(way)
    return _held("a step", _times(lambda: network("take_steps", CENTRE, steps=[next(steps)]), TIMES), STEP, p99=True)


def _question(network: Network, who: str, method: str, body: dict[str, Any]) -> bool:
    filters = " ".join(f"{name}={value}" for name, value in body.items())
    times = _times(lambda: network(method, WHO[who], **body), ASKED)
    return _held(f"{who:<8}{method:<17}{filters}", times, LIST)


def _watch(network: Network) -> bool:
    """The errand once over everything that waits: how many cases a second it looks at."""
    looked, started = 0, time.perf_counter()
    while time.perf_counter() - started < 10:
        with network.sessions.begin(system(BUREAU)) as session:
            found = supervising.look(session, BUREAU)
        looked += found
        if not found:
            break
    seconds = time.perf_counter() - started
    sys.stdout.write(f"the errand looked at {looked} cases in {seconds:.1f} s\n")
    return looked > 0


def _held(what: str, times: list[float], limit: float, *, p99: bool = False) -> bool:
    judged = _p99(times) if p99 else statistics.median(times)
    kept = judged <= limit
    mark = "" if kept else "   PASSED OVER"
    sys.stdout.write(f"{what:<70} {_told(times)}   {judged / limit:>5.0%} of the limit{mark}\n")
    return kept


def _times(act: Callable[[], Any], number: int) -> list[float]:
    act()
    return sorted(_seconds(act) for _ in range(number - 1))


def _seconds(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _p99(times: list[float]) -> float:
    return times[min(len(times) - 1, len(times) * 99 // 100)]


def _told(times: list[float]) -> str:
    return f"p50 {statistics.median(times) * 1000:>6.1f} ms   p99 {_p99(times) * 1000:>6.1f} ms"


def _explain(network: Network) -> int:
    """Every statement of every question that takes longer than 20 ms, with its plan."""
    seen: set[str] = set()

    def explain(_conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith("SELECT") or statement in seen:
            return
        seen.add(statement)
        with cursor.connection.cursor() as other:
            other.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
            plan = [row[0] for row in other.fetchall()]
        if float(plan[-1].split()[2]) > 20:
            sys.stdout.write(f"\n{cursor.mogrify(statement, parameters).decode()[:1500]}\n" + "\n".join(plan) + "\n")

    event.listen(network.sessions.engine, "before_cursor_execute", explain)
    for who, method, body in QUESTIONS:
        sys.stdout.write(f"\n=== {who} {method} {body}\n")
        network(method, WHO[who], **body)
    return 0


@contextmanager
def _postgres() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kaohe-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder, "postgres"), durable=False)
        try:
            url = postgres.start()
            migrate(url, "complaints")
            yield url
        finally:
            postgres.stop()
            postgres.remove()


if __name__ == "__main__":
    sys.exit(main())
