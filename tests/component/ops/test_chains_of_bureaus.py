"""A chain for each bureau: numbered, proved and anchored by itself, and what one chain held before stays provable (docs/decisions/1801)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from ops.auditing.anchoring import Anchorer
from ops.auditing.files import AnchorFolder
from shared.audit import chains_of, line_body, verify
from shared.audit_chain import beginning
from shared.database import Sessions, open_sessions
from shared.migrations import SCHEMAS
from shared.recording import _hold, audit
from shared.settings import Settings, settings
from tests.support.tampering import ACTOR, TAMPERINGS, change

KEYS = f"1:{'a' * 32},3:{'b' * 32}"
OTHER = replace(ACTOR, bureau="C")


@pytest.fixture(params=["keyed", "plain"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sessions(database: Callable[..., str], tmp_path: Path, kind: str) -> Iterator[Sessions]:
    url, before = database(*SCHEMAS), settings._settings
    keys = KEYS if kind == "keyed" else ""
    settings.use(replace(Settings(), database_url=url, var=str(tmp_path / "var"), audit_keys=keys))
    sessions = open_sessions(url, "attendance")
    yield sessions
    sessions.engine.dispose()
    settings.use(before)


@pytest.fixture
def anchorer(sessions: Sessions, tmp_path: Path) -> Anchorer:
    """Twenty lines in the chain of all, then twice twenty in each of two bureaus', all anchored."""
    anchorer = Anchorer(sessions.engine, AnchorFolder(tmp_path / "anchors"))
    write(sessions, ACTOR, 20)
    assert anchorer.anchor()
    settings.use(replace(settings._settings, audit_chains="bureau"))
    for _ in range(2):
        for actor in (ACTOR, OTHER):
            write(sessions, actor, 20)
        assert anchorer.anchor()
    return anchorer


def write(sessions: Sessions, actor, lines: int) -> None:
    with sessions.begin(actor) as session:
        for number in range(lines):
            audit(session, action="device.approved", subject=f"C{number}", before={}, after={"approved": True})


def broken(anchorer: Anchorer) -> dict[str, tuple[str | None, int | None]]:
    verdicts = anchorer.verdicts(anchorer.folder.anchors())
    return {name: (one.fault, one.broken_at) for name, one in verdicts.items() if not one.whole}


def test_each_chain_is_numbered_and_proved_by_itself_beside_the_one_of_before(anchorer, sessions) -> None:
    assert chains_of(sessions.engine, "attendance") == ["", "B", "C"]
    assert [verify(sessions.engine, "attendance", chain=one).lines for one in ("", "B", "C")] == [20, 40, 40]
    assert broken(anchorer) == {}
    noted = anchorer.folder.anchors()[-1].trails
    assert {name: one.lines for name, one in noted.items()} == {"attendance/B": 40, "attendance/C": 40}


def test_a_process_that_is_told_of_one_chain_goes_on_with_it(anchorer, sessions) -> None:
    settings.use(replace(settings._settings, audit_chains="one"))
    write(sessions, ACTOR, 5)
    assert verify(sessions.engine, "attendance").lines == 25
    assert broken(anchorer) == {}


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: one.__name__)
def test_what_was_anchored_cannot_be_changed_unseen(sessions, tmp_path, tamper) -> None:
    """As of the one chain of all (test_auditing.py), with the chain of one bureau alone."""
    settings.use(replace(settings._settings, audit_chains="bureau"))
    anchorer = Anchorer(sessions.engine, AnchorFolder(tmp_path / "anchors"))
    for _ in range(2):
        write(sessions, ACTOR, 20)
        assert anchorer.anchor()
    tamper(sessions)
    found = broken(anchorer)
    assert found
    assert {name.partition("/")[0] for name in found} == {"attendance"}


def test_a_bureaus_chain_that_is_gone_or_cut_is_missed_and_the_others_are_whole(anchorer, sessions) -> None:
    change(sessions, "DELETE FROM attendance.audit WHERE chain = 'C' AND seq > 30")
    assert broken(anchorer) == {"attendance/C": ("cut", 31)}
    change(sessions, "DELETE FROM attendance.audit WHERE chain = 'C'")
    assert broken(anchorer) == {"attendance/C": ("cut", 1)}
    anchor = anchorer.anchor()
    assert anchor
    assert anchor.broken == {"attendance/C": "cut at 40"}


def test_a_chain_computed_anew_from_its_first_line_is_found(anchorer, sessions, kind) -> None:
    change(sessions, "UPDATE attendance.audit SET name = '别人' WHERE chain = 'B' AND seq = 7")
    plainly_anew(sessions, "B")
    assert broken(anchorer)["attendance/B"] == (("key", 1) if kind == "keyed" else ("rewritten", 20))


def test_no_chain_can_be_taken_for_another_bureaus(anchorer, sessions) -> None:
    change(sessions, "UPDATE attendance.audit SET chain = 'D' WHERE chain = 'C'")
    assert broken(anchorer) == {"attendance/C": ("cut", 1), "attendance/D": ("line", 1)}


@pytest.mark.parametrize("kind", ["keyed"], indirect=True)
def test_nobody_without_a_key_begins_a_chain_once_keys_are_in_use(anchorer, sessions) -> None:
    change(
        sessions,
        "INSERT INTO attendance.audit SELECT seq, at, 'boss', name, address, request_id, 'D', action, subject, before, after, '', 'D'"
        " FROM attendance.audit WHERE chain = 'B' AND seq <= 3",
    )
    plainly_anew(sessions, "D")
    assert verify(sessions.engine, "attendance", chain="D").whole, "it follows from itself"
    assert broken(anchorer) == {"attendance/D": ("key", 1)}


def test_bureaus_do_not_wait_for_one_another(anchorer, sessions) -> None:
    with sessions.begin(ACTOR) as session:
        assert _hold(session, "B")[0] == 40
        write(sessions, OTHER, 1)  # would wait thirty seconds and fail
    assert verify(sessions.engine, "attendance", chain="C").lines == 41


def plainly_anew(sessions: Sessions, chain: str) -> None:
    """What somebody with the database alone can do: plain hashes from the first line on."""
    with sessions.engine.begin() as connection:
        chosen = text("SELECT * FROM attendance.audit WHERE chain = :chain ORDER BY seq")
        previous = beginning(chain)
        for row in connection.execute(chosen, {"chain": chain}).mappings().all():
            previous = hashlib.sha256(previous.encode() + line_body(dict(row))).hexdigest()
            connection.execute(
                text("UPDATE attendance.audit SET hash = :hash WHERE chain = :chain AND seq = :seq"),
                {"hash": previous, "chain": chain, "seq": row["seq"]},
            )
