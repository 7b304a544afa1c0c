"""A 12315 network with 100,000 cases: registering one, taking a step, the lists as a centre, a head and a handler ask for them, the errand
that watches the clocks. Peer: the bare count of the same rows.

``python -m benchmarks.complaints``; exits with 1 where a limit is passed.
``python -m benchmarks.complaints explain`` prints the plans of the slower statements instead.
"""

import statistics
import sys
import time
from base64 import b64encode
from typing import Any

from sqlalchemy import text

from benchmarks.peers.measuring import times_of
from services.complaints.usecases import supervising
from shared.actor import Actor, Grant, system
from shared.database import open_sessions
from shared.settings import Settings, settings
from tests.support.many_cases import BUREAU, CENTRE, Network
from tests.support.measuring import postgres, print_slow_plans
from tests.support.platform_exports import as_xlsx, rows

CASES, MODELS = 100_000, 400  # the models are lived through, the others are like them
ASKED, TIMES = 40, 400
STATEMENTS = 16  # of a registration or a step, about
IMPORTED, IMPORT = 50_000, 60.0  # rows, seconds
REGISTER, STEP, LIST = 0.1, 0.15, 1.0  # seconds: the first two of the 99th percentile, lists of the median


def _actor(person: str | None, *grants: Grant) -> Actor:
    return Actor(account=person or "centre", name="bench", bureau=BUREAU, person=person, grants=grants)


YEAR = {"since": "2026-01-01", "until": "2026-12-31"}
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
    *(
        ("centre", "show_report", {**YEAR, **asked})
        for asked in ({}, {"unit": "S7"}, {"goods": "手机"}, {"channel": "hotline"})
    ),
    ("head", "show_report", {**YEAR, "unit": "S7"}),
    ("centre", "list_workload", YEAR),
    ("centre", "show_bulletin", {"month": "2026-06"}),
    ("centre", "list_cases", {"supervised": True, "sort": "due"}),
    ("centre", "list_cases", {"q": "2026-C01-投-0001"}),
]


def main() -> int:
    settings.use(Settings.read({"KAOHE_SECRET": "a secret of the benchmark, long enough"}))
    with postgres("complaints") as url:
        sessions = open_sessions(url, "complaints")
        network = Network(sessions)
        network.settle_in(MODELS, CASES)
        if "explain" in sys.argv:
            return _explain(network)
        count = "SELECT count(*) FROM complaints.cases"
        told = network.scalar(count), network.scalar("SELECT count(*) FROM complaints.cases WHERE next_look <= now()")
        sys.stdout.write(
            f"{told[0]} cases; peer: counting them {_told(times_of(lambda: network.scalar(count), ASKED - 1))}\n"
        )
        floor = _told(times_of(lambda: _bare(network), TIMES - 1))
        sys.stdout.write(f"peer of one and of a step: a transaction of {STATEMENTS} bare statements {floor}\n")
        kept = [_single(network), _steps(network), *(_question(network, *one) for one in QUESTIONS), _watch(network)]
        kept.append(_import(network))
        sessions.engine.dispose()
    return 0 if all(kept) else 1


def _bare(network: Network) -> None:
    with network.sessions.engine.begin() as connection:
        for _ in range(STATEMENTS):
            connection.execute(text("SELECT 1"))


def _single(network: Network) -> bool:
    numbers = iter(range(10**6, 10**6 + 2 * TIMES))
    return _held("register one", times_of(lambda: network.register(next(numbers)), TIMES - 1), REGISTER, p99=True)


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
    return _held(
        "a step", times_of(lambda: network("take_steps", CENTRE, steps=[next(steps)]), TIMES - 1), STEP, p99=True
    )


def _question(network: Network, who: str, method: str, body: dict[str, Any]) -> bool:
    filters = " ".join(f"{name}={value}" for name, value in body.items())
    times = times_of(lambda: network(method, WHO[who], **body), ASKED - 1)
    return _held(f"{who:<8}{method:<17}{filters}", times, LIST)


def _import(network: Network) -> bool:
    """An export of 50,000 rows of the national platform, read, checked, sealed, numbered and registered."""
    data = as_xlsx(rows(IMPORTED, [f"S{number}" for number in range(30)]))
    asked = {"sheet": b64encode(data).decode(), "intake_unit": "C01", "file_name": "x.xlsx"}
    started, processor = time.perf_counter(), time.process_time()
    job = network("start_import", CENTRE, **asked)["job"]
    network.service.do_imports()
    seconds, ours = time.perf_counter() - started, time.process_time() - processor
    told = network("read_import", CENTRE, job=job)
    kept = told["registered"] == IMPORTED and seconds <= IMPORT
    mark = "" if kept else "   PASSED OVER"
    what = f"import of {told['registered']} rows"
    sys.stdout.write(f"{what:<70} {seconds:.1f} s, {ours:.1f} s of it the service's own processor time{mark}\n")
    return kept


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


def _p99(times: list[float]) -> float:
    return times[min(len(times) - 1, len(times) * 99 // 100)]


def _told(times: list[float]) -> str:
    return f"p50 {statistics.median(times) * 1000:>6.1f} ms   p99 {_p99(times) * 1000:>6.1f} ms"


def _explain(network: Network) -> int:
    """Every statement of every question that takes longer than 20 ms, with its plan."""
    print_slow_plans(network.sessions.engine, 20)
    for who, method, body in QUESTIONS:
        sys.stdout.write(f"\n=== {who} {method} {body}\n")
        network(method, WHO[who], **body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
