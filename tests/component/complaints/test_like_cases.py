"""What benchmarks and plans are made on is what the commands make: every case that was written by SQL is reckoned anew from its history."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from services.complaints.domain.notifications import owed
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.facts import Facts
from services.complaints.storage.projections import Copies
from services.complaints.usecases.storing import reckon
from shared import clock
from shared.actor import system
from shared.database import Session, open_sessions
from tests.support.databases import Databases
from tests.support.many_cases import BUREAU, Network

MODELS, CASES = 20, 300
_SEALED = ("contact", "person_keys", "address_key", "sealed_by", "consumer")


@pytest.fixture(scope="module")
def network(cluster: str, templates: dict[tuple[str, ...], str]) -> Iterator[Network]:
    """The tests take turns on it: each holds whatever the one before it added."""
    with pytest.MonkeyPatch.context() as patch, Databases(cluster, templates) as databases:
        patch.setattr(clock, "now", clock.now)  # the network's own clock goes with it
        sessions = open_sessions(databases("complaints"), "complaints")
        made = Network(sessions)
        made.settle_in(MODELS, CASES)
        yield made
        sessions.engine.dispose()


def test_each_case_is_what_its_history_makes_of_it(network: Network) -> None:
    with network.sessions.begin(system(BUREAU)) as session:
        files = Cases(session, BUREAU).get(session.scalars(text("SELECT code FROM complaints.cases")).all())
        assert len(files) >= CASES
        for file in files.values():
            _compare(session, file)


def test_numbers_follow_each_other_and_a_new_case_gets_the_next(network: Network) -> None:
    before = network.scalar("SELECT count(*) FROM complaints.cases")
    network.register(10**6)
    gaps = """
        SELECT count(*) FROM (SELECT kind, intake_unit, count(*) AS cases, count(DISTINCT number) AS numbers,
            max(substring(number FROM '[0-9]+$')::integer) AS last FROM complaints.cases GROUP BY kind, intake_unit) of_unit
        WHERE (cases, cases) <> (numbers, last)
    """
    assert (network.scalar(gaps), network.scalar("SELECT count(*) FROM complaints.cases")) == (0, before + 1)


def test_old_cases_are_linked_with_their_traders_whatever_the_size_of_a_part(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.complaints.usecases.linking.FOUND_AT_ONCE", 120)
    monkeypatch.setattr("services.complaints.usecases.linking.LINKS_AT_ONCE", 50)
    unlinked = "SELECT count(*) - (SELECT count(*) FROM complaints.case_traders) FROM complaints.cases"
    waiting = network.scalar(unlinked)
    assert network.link()[0] == waiting >= CASES - MODELS
    assert network.link()[0] == 0
    wrong = """
        SELECT count(*) FROM complaints.cases c LEFT JOIN complaints.case_traders l USING (bureau, code)
        LEFT JOIN complaints.traders t ON (t.bureau, t.trader) = (l.bureau, l.trader) WHERE t.name IS DISTINCT FROM c.trader OR l.name <> c.trader
    """
    traders = "SELECT count(*) - count(DISTINCT name) FROM complaints.traders"
    registered = "SELECT count(*) - (SELECT count(*) FROM complaints.audit WHERE action = 'trader.registered') FROM complaints.traders"
    assert [network.scalar(one) for one in (wrong, traders, registered)] == [0, 0, 0]


def _compare(session: Session, file: CaseFile) -> None:
    code, calendar = file.case.code, Copies(session, BUREAU).calendar()
    reckoned = reckon(file, calendar)
    cases = Cases(session, BUREAU)
    stored, wanted = cases.row(code), cases._row(file, reckoned.due) | {"next_look": reckoned.look}
    assert stored is not None
    assert {name: stored[name] for name in wanted if name not in _SEALED} == _plain(wanted)
    assert file.history[0].given["number"] == file.case.number
    assert Facts(session, BUREAU).of_cases([code]).get(code, []) == list(reckoned.facts)
    names = "event, matter, party, due, unit, handler, decided_at"
    told = session.execute(
        text(f"SELECT {names} FROM complaints.case_notifications WHERE code = :code ORDER BY event, matter, party"),
        {"code": code},
    )
    due = [
        {name: getattr(one, name) for name in names.split(", ")} for one in owed(file.case, file.history, reckoned.due)
    ]
    assert [dict(row) for row in told.mappings()] == sorted(
        due, key=lambda one: (one["event"], one["matter"], one["party"])
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _SEALED}
