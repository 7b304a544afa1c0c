"""What has to hold when all has come to rest: everything acknowledged is there, nothing is there twice, and every service knows the same."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from ops.auditing.states import TOLD_ANEW, differences
from ops.bus import operator
from ops.rebuilding import COPIES
from ops.replaying import owners
from services.attendance.storage.punches import local
from services.scoring.usecases import incremental
from shared import audit
from shared.actor import Actor, Grant
from shared.jsontext import dumps, loads
from shared.migrations import SCHEMAS
from tests.simulation.bureau import CYCLE
from tests.simulation.rested import Rested
from tests.support.comparing import differences as differences_from_oracle
from tests.support.reference_world import BUREAU

if TYPE_CHECKING:
    from tests.simulation.run import Run

LAYERS = ("division", "station", "person")
READER = "office"
OFFICE = Actor("office", "考核办", BUREAU, None, (Grant("office", "bureau"),))
ASKED_EVERY = 4  # runs: the oracle is slow on purpose
AFTER_THE_YEAR = datetime(2027, 1, 20, tzinfo=UTC)
_LISTS = ("indicators", "claims", "declarations", "task-orders", "contributions", "vetoes", "units", "persons")


def wrong(run: "Run") -> Iterator[str]:
    """Yield what is not as it has to be."""
    yield from told_by(run, *ACKNOWLEDGED, _left, _standing, _replayed)


def told_by(run: Any, *looks: Callable[[Any], Iterator[str]]) -> Iterator[str]:
    """Yield what each of ``looks`` finds, with its name."""
    for look in looks:
        for fault in look(run):
            yield f"{look.__name__.strip('_')}: {fault}"


def _declarations(run: Rested) -> Iterator[str]:
    """What machines know is recorded by itself, and nobody is told of it as of an answer."""
    query = """
        SELECT subject, indicator, period, status, revision, declaration FROM declarations.declaration
        WHERE status <> 'recorded'"""
    rows = _rows(run, "declarations", query)
    there = {tuple(row[:3]): tuple(row[3:]) for row in rows}
    yield from _different(there, run.kept.declarations)
    if len(there) != len(rows):
        yield "one of them is there twice"


def _told_once(run: Rested) -> Iterator[str]:
    """Every step of a declaration is on record once."""
    revisions = "SELECT declaration, revision FROM declarations.declaration"
    lines = "SELECT subject, count(*) FROM declarations.audit WHERE action LIKE 'declarations.DeclarationChanged%' GROUP BY subject"
    there = {row.subject.rsplit("/", 1)[-1]: row.count for row in _rows(run, "declarations", lines)}
    yield from _different(there, {row.declaration: row.revision for row in _rows(run, "declarations", revisions)})


def _claims(run: Rested) -> Iterator[str]:
    claimed = (
        "SELECT unit, count(*), max(revision) AS newest FROM targets.claims WHERE status = 'claimed' GROUP BY unit"
    )
    rows = _rows(run, "targets", claimed)
    there = {row.unit: row.count for row in rows}
    wanted = {unit: number or there.get(unit, 0) for unit, number in run.kept.claims.items()}
    yield from _different(there, {unit: number for unit, number in wanted.items() if number})
    for row in rows:
        if row.newest != 1:
            yield f"{row.unit} claimed twice"


def _ballots(run: Rested) -> Iterator[str]:
    votes = "SELECT campaign, count(*) FROM declarations.sealed_ballot GROUP BY campaign"
    voters = "SELECT campaign, count(voted_on) FROM declarations.participation GROUP BY campaign"
    for query in (votes, voters):
        yield from _different({row.campaign: row.count for row in _rows(run, "declarations", query)}, run.kept.ballots)


def _punches(run: Rested) -> Iterator[str]:
    tables = ("punches", "suspect_punches", "quarantined_punches")
    there: Counter[tuple[str, str, str]] = Counter()
    for table in tables:
        for row in _rows(run, "attendance", f"SELECT device, pin, time FROM attendance.{table}"):
            there[row.device, row.pin, f"{local(row.time):%Y-%m-%d %H:%M:%S}"] += 1
    yield from _different(there, run.kept.punches)


def _cases(run: Rested) -> Iterator[str]:
    query = """
        SELECT number, status, (SELECT count(*) FROM complaints.case_events AS event WHERE event.code = one.code) AS steps
        FROM complaints.cases AS one"""
    rows = _rows(run, "complaints", query)
    yield from _different({row.number: (row.status, row.steps) for row in rows}, run.kept.cases)
    if len({row.number for row in rows}) != len(rows):
        yield "one of them is there twice"


def _trails(run: Rested) -> Iterator[str]:
    for schema in SCHEMAS:
        engine = run.processes.sessions(schema).engine
        for chain in audit.chains_of(engine, schema):
            verdict = audit.verify(engine, schema, chain=chain)
            if not verdict.whole:
                yield f"{schema} {chain} is broken at line {verdict.broken_at}: {verdict.fault}"
        for difference in differences(engine, schema):
            yield f"{schema}: {difference}"


def _left(run: "Run") -> Iterator[str]:
    """Queues, outboxes and the journal are empty, those of dead letters too."""
    for queue, number in run.deliveries.left().items():
        yield f"{number} in {queue}"
    for schema in SCHEMAS:
        if number := _rows(run, schema, f"SELECT count(*) FROM {schema}.outbox")[0][0]:
            yield f"{number} in the outbox of {schema}"
    if number := _rows(run, "gateway", "SELECT count(*) FROM broker.message")[0][0]:
        yield f"{number} in the journal"


def _standing(run: "Run") -> Iterator[str]:
    """The standing that was kept up to date through everything is that of a process which has just begun; in some runs after the year the oracle's."""
    followed = _standing_of(run)
    incremental.forget()
    if followed != _standing_of(run):
        yield "what is held in memory differs from what a process begins with"
    _forget_what_was_kept(run)
    if followed != _standing_of(run):
        yield "what is held in memory differs from what is reckoned anew"
    if run.seed % ASKED_EVERY == 1:
        yield from oracles(run)


def _forget_what_was_kept(run: Rested) -> None:
    incremental.forget()
    with run.processes.sessions("scoring").engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE scoring.kept_standing")


def oracles(run: Rested) -> Iterator[str]:
    world, before = _world(run), run.clock.at
    run.clock.at = AFTER_THE_YEAR
    standing = _standing_of(run)
    score = {"summary": {"score": standing["bureau"]["score"]}}
    rows = [row for layer in LAYERS for row in standing[layer]]
    yield from differences_from_oracle({**world, "run": score, "scores": rows})
    run.clock.at = before
    incremental.forget()


def _replayed(run: "Run") -> Iterator[str]:
    """The copies that scoring has are what the owners tell, and so is what it makes of them."""
    before, standing = _copies(run), _standing_of(run)
    with run.processes.sessions("scoring").engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {', '.join(f'scoring.{name}' for name in COPIES)}")
    _forget_what_was_kept(run)
    for owner in owners("scoring"):
        _tell_anew(run, owner)
    run.heal()
    for name, rows in _copies(run).items():
        if rows != before[name]:
            yield f"{name}: {len(before[name] ^ rows)} rows differ from what the owners tell"
    if _standing_of(run) != standing:
        yield "the standing is another after a replay"


def _tell_anew(run: "Run", owner: str) -> None:
    command: dict[str, Any] = {"after": None, "limit": 1000}
    while True:
        with run.processes.sessions(owner).begin(operator()) as session:
            answer = TOLD_ANEW[owner](session, operator(), command)
        if not answer.get("next"):
            return
        command["after"] = answer["next"]


def _copies(run: "Run") -> dict[str, set[str]]:
    return {
        name: {row[0] for row in _rows(run, "scoring", f"SELECT one::text FROM scoring.{name} AS one")}
        for name in COPIES
    }


def _standing_of(run: Rested) -> dict[str, Any]:
    ask: Any = run.processes.services["scoring"].list_standing
    pages = {layer: ask(OFFICE, {"cycle": CYCLE, "layer": layer, "limit": 500}) for layer in LAYERS}
    return {
        "bureau": pages["person"]["bureau"],
        **{layer: loads(dumps(page["items"])) for layer, page in pages.items()},
    }


def _world(run: Rested) -> dict[str, Any]:
    """What the oracle reckons from, as the API gives it; the campaigns are open."""
    lists = {name.replace("-", "_"): list(_pages(run, name)) for name in _LISTS}
    return {"cycle": run.clients.read(READER, f"cycles/{CYCLE}"), "evaluations": [], **lists}


def _pages(run: Rested, path: str) -> Iterator[Any]:
    after = None
    while True:
        about = {} if path in ("units", "persons") else {"cycle": CYCLE}
        page = run.clients.read(READER, path, limit=500, **about, **({"after": after} if after else {}))
        yield from page["items"]
        after = page["next"]
        if after is None:
            return


def _rows(run: Rested, schema: str, query: str) -> Any:
    with run.processes.sessions(schema).engine.connect() as connection:
        return connection.execute(text(query)).all()


def _different(there: Any, acknowledged: Any) -> Iterator[str]:
    for key in sorted(set(there) | set(acknowledged), key=str):
        if there.get(key) != acknowledged.get(key):
            yield f"{key}: {there.get(key)} is there, {acknowledged.get(key)} was acknowledged"


ACKNOWLEDGED = (_declarations, _told_once, _claims, _ballots, _punches, _cases, _trails)
