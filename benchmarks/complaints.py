"""A 12315 network of a centre, 36 districts and 300 stations with 100,000 cases: registering one, taking a step, lists and reports over HTTP as a
centre, a head and a handler ask for them, the errand that watches the clocks, and exports of the national platform that come in. Peers: the bare
count of the same rows, and a transaction of as many bare statements as a registration has.

``python -m benchmarks.complaints``; exits with 1 where a limit is passed.
``python -m benchmarks.complaints explain`` prints the plans of the slower statements instead.
"""

import io
import sys
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from benchmarks.peers.arguments import arguments
from services.complaints.usecases import supervising
from shared.actor import system
from shared.vocabulary.complaints import QUEUES
from tests.support.many_cases import BUREAU, CENTRE, Network
from tests.support.measuring import print_slow_plans
from tests.support.network_over_http import NetworkOverHttp, network_over_http
from tests.support.platform_exports import as_xlsx, rows
from tests.support.timing import Times, held

CASES, MODELS = 100_000, 200  # the models are lived through, the others are like them
ASKED, FEW, TIMES = 20, 5, 400
STATEMENTS = 16  # of a registration or a step, about
IMPORTED, IMPORT, FAULTY = 50_000, 60.0, 100  # rows, seconds, each how many has a fault
REGISTER, STEP, LIST, REPORT = (
    0.1,
    0.15,
    0.3,
    2.0,
)  # seconds: the first two of the 99th percentile, the others of the 95th
LINK = 60.0  # seconds for all of them

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}
EVERYBODY = ("centre", "head", "handler")
Question = tuple[str, str, dict[str, Any]]
LISTS: list[Question] = [
    *((who, "cases", {"sort": "due"}) for who in EVERYBODY),
    *((who, "cases", {"overdue": "true", "sort": "due"}) for who in EVERYBODY),
    *((who, "cases/colours", {}) for who in EVERYBODY),
    *((who, "cases/queues", {}) for who in EVERYBODY),
    *(("centre", "cases", {"queue": queue, "sort": "due"}) for queue in QUEUES),
    ("centre", "cases", {"sort": "-received_at"}),
    ("centre", "cases", {"sort": "number"}),
    ("centre", "cases", {"colour": "soon"}),
    ("centre", "cases", {"q": "订单123"}),
    ("centre", "cases", {"q": "没有这样的词"}),
    ("centre", "cases", {"trader": "示范96号"}),
    ("centre", "cases", {"status": "accepted", "unit": "S007", "total": "true"}),
    ("centre", "cases", {"total": "true", "sort": "due", "skip": 5000}),
    ("head", "cases", {"q": "商行"}),
    *((who, "case-notifications", {}) for who in EVERYBODY),
    ("centre", "case-notifications", {"state": "overdue", "total": "true"}),
    ("centre", "traders", {}),
    ("centre", "cases/traders", {"q": "示范12"}),
    ("centre", "case-calendar", {}),
]
REPORTS: list[Question] = [
    *(
        ("centre", "case-reports", {**YEAR, **asked})
        for asked in ({}, {"unit": "S007"}, {"unit": "X07"}, {"goods": "手机"}, {"channel": "hotline"})
    ),
    ("head", "case-reports", {**YEAR, "unit": "S007"}),
    ("centre", "case-reports/workload", YEAR),
    ("centre", "case-reports/bulletin", {"month": "2026-06"}),
    ("centre", "cases", {"supervised": "true", "sort": "due", "total": "true"}),
    ("centre", "case-figures/period", {"since": "2026-06-01", "until": "2026-06-30"}),
    ("centre", "case-figures/period/facts", {**YEAR, "figure": "accepted_in_time"}),
    ("centre", "case-notifications/figures", YEAR),
    ("centre", "hot-spots", {}),
]

FILES: list[Question] = [
    *(("centre", "case-reports/file", {**YEAR, "format": form}) for form in ("xlsx", "pdf")),
    *(("centre", "case-reports/bulletin/file", {"month": "2026-06", "format": form}) for form in ("docx", "pdf")),
]


def main(words: Sequence[str] = ()) -> int:
    with network_over_http() as world:
        network = world.network
        network.settle_in(MODELS, CASES)
        linked = _link(network)
        if "explain" in words:
            return _explain(world)
        _tell_peers(network)
        kept = [linked, _single(network), _steps(network), _watch(network)]
        kept += [_question(world, one, LIST, ASKED) for one in LISTS]
        kept += [_question(world, one, REPORT, ASKED) for one in REPORTS]
        kept += [_question(world, one, REPORT, FEW) for one in FILES]
        kept += [_import(world, dry_run=True), _import(world, dry_run=False)]
    return 0 if all(kept) else 1


def _link(network: Network) -> bool:
    linked, seconds = network.link()
    network.vacuum()
    return _within(f"{linked} old cases linked with their traders", seconds, LINK)


def _tell_peers(network: Network) -> None:
    count = "SELECT count(*) FROM complaints.cases"
    sys.stdout.write(
        f"{network.scalar(count)} cases; peer: counting them {Times(lambda: network.scalar(count), ASKED)}\n"
    )
    floor = Times(lambda: _bare(network), TIMES)
    sys.stdout.write(f"peer of one and of a step: a transaction of {STATEMENTS} bare statements {floor}\n")


def _bare(network: Network) -> None:
    with network.sessions.engine.begin() as connection:
        for _ in range(STATEMENTS):
            connection.execute(text("SELECT 1"))


def _single(network: Network) -> bool:
    numbers = iter(range(10**6, 10**6 + 2 * TIMES))
    return held("register one", Times(lambda: network.register(next(numbers)), TIMES), REGISTER, 99)


def _steps(network: Network) -> bool:
    """Each of the three steps of a case in turn; the fourth begins with another case."""
    cases = [network.register(2 * 10**6 + n) for n in range(TIMES // 3 + 1)]
    way = [
        {"case": case, **step}
        for case in cases
        for step in (
            {"step": "assign", "unit": "S003", "handler": "P0003"},
            {"step": "accept"},
            {"step": "conclude", "outcome": "settled"},
        )
    ]
    steps = iter(way)
    return held("a step", Times(lambda: network("take_steps", CENTRE, steps=[next(steps)]), TIMES), STEP, 99)


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


def _question(world: NetworkOverHttp, asked: Question, limit: float, number: int) -> bool:
    who, path, query = asked
    filters = " ".join(f"{name}={value}" for name, value in query.items())
    return held(f"{who:<8}{path:<26}{filters}", Times(lambda: world.ask(who, path, **query), number), limit, 95)


def _import(world: NetworkOverHttp, *, dry_run: bool) -> bool:
    """An export of 50,000 rows of the national platform, uploaded, read, checked, sealed, numbered and registered; some rows are at fault."""
    lines = rows(IMPORTED, [f"S{number:03d}" for number in range(300)])
    for line in lines[::FAULTY]:
        line[1], line[11] = "表扬", "很多"
    data = as_xlsx(lines)
    started, processor = time.perf_counter(), time.process_time()
    path = f"case-imports?intake_unit=C01&dry_run={str(dry_run).lower()}"
    job = world.upload("centre", path, {"file": (io.BytesIO(data), "导出.xlsx")})["job"]
    world.network.service.do_imports()
    told = world.ask("centre", f"case-imports/{job}")
    seconds, ours = time.perf_counter() - started, time.process_time() - processor
    faulty = IMPORTED // FAULTY
    right = (told["status"], told["registered"], told["faulty"]) == ("done", IMPORTED - faulty, faulty)
    what = f"{'trial' if dry_run else 'import'} of {told['total']} rows, {told['faulty']} of them at fault"
    return _within(f"{what}, {ours:.1f} s of processor of its own", seconds, IMPORT) and right


def _within(what: str, seconds: float, limit: float) -> bool:
    mark = "" if seconds <= limit else "   PASSED OVER"
    sys.stdout.write(f"{what:<70} {seconds:.1f} s   {seconds / limit:>5.0%} of {limit:.0f} s{mark}\n")
    sys.stdout.flush()
    return seconds <= limit


def _explain(world: NetworkOverHttp) -> int:
    """Every statement of every question that takes longer than 20 ms, with its plan."""
    print_slow_plans(world.network.sessions.engine, 20)
    for who, path, query in [*LISTS, *REPORTS]:
        sys.stdout.write(f"\n=== {who} {path} {query}\n")
        world.ask(who, path, **query)
    return 0


if __name__ == "__main__":
    sys.exit(main(arguments(__doc__, "explain").words))
