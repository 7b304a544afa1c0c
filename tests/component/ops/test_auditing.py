"""The record cannot be rewritten unseen by whoever has the database, and neither the keys nor the anchors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.auditing.anchoring import Anchorer, NotWhole
from ops.auditing.anchors import BrokenAnchors
from ops.auditing.command import command
from ops.auditing.files import PRIVATE, AnchorFolder
from shared.audit import Anchored, verify
from shared.database import Sessions, open_sessions
from shared.errors import Unavailable
from shared.migrations import SCHEMAS
from shared.settings import ANCHORS, FIRST_ANCHOR_KEY, Settings, settings
from tests.support.tampering import TAMPERINGS, change, edit, recompute, remove_last, write

KEYS = f"1:{'a' * 32},3:{'b' * 32}"


@pytest.fixture(params=["keyed", "plain"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sessions(database: Callable[..., str], tmp_path: Path, kind: str) -> Iterator[Sessions]:
    url, before = database(*SCHEMAS), settings._settings
    chosen = replace(
        Settings(), database_url=url, var=str(tmp_path / "var"), audit_keys=KEYS if kind == "keyed" else ""
    )
    settings.use(chosen)
    sessions = open_sessions(url, "attendance")
    yield sessions
    sessions.engine.dispose()
    settings.use(before)


@pytest.fixture
def anchorer(sessions: Sessions, tmp_path: Path) -> Anchorer:
    """Of a trail with forty lines, anchored in the middle and at the end."""
    anchorer = Anchorer(sessions.engine, AnchorFolder(tmp_path / "anchors"))
    for _ in range(2):
        write(sessions, 20)
        assert anchorer.anchor()
    return anchorer


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: one.__name__)
def test_what_was_anchored_cannot_be_changed_unseen(anchorer: Anchorer, sessions: Sessions, tamper) -> None:
    tamper(sessions)
    verdicts = anchorer.verdicts(anchorer.folder.anchors())
    assert {schema for schema, one in verdicts.items() if not one.whole} == {"attendance"}


def test_an_untouched_trail_is_whole_and_goes_on_to_be(anchorer: Anchorer, sessions: Sessions) -> None:
    write(sessions, 3)
    verdict = anchorer.verdicts(anchorer.folder.anchors())["attendance"]
    assert (verdict.whole, verdict.lines) == (True, 43)


@pytest.mark.parametrize("kind", ["keyed"], indirect=True)
def test_nobody_without_a_key_appends_a_line_even_where_nothing_is_anchored(sessions: Sessions) -> None:
    write(sessions, 3)
    change(
        sessions,
        "INSERT INTO attendance.audit SELECT 4, at, 'boss', name, address, request_id, bureau, action, subject, before, after, '' "
        "FROM attendance.audit WHERE seq = 3",
    )
    recompute(sessions, 4)
    verdict = verify(sessions.engine, "attendance")
    assert (verdict.broken_at, verdict.fault) == (4, "line")


@pytest.mark.parametrize("kind", ["plain"], indirect=True)
def test_a_trail_goes_on_under_a_key_and_never_falls_back(sessions: Sessions) -> None:
    write(sessions, 2)
    chosen = settings._settings
    for keys in (f"2:{'c' * 32}", f"2:{'c' * 32},5:{'d' * 32}"):
        settings.use(replace(chosen, audit_keys=keys))
        write(sessions, 2)
    assert verify(sessions.engine, "attendance").whole
    settings.use(replace(chosen, audit_keys=f"2:{'c' * 32}"))
    assert verify(sessions.engine, "attendance").fault == "key"
    for keys in (
        f"2:{'c' * 32}",
        "",
    ):  # a process from before the change: nothing of it is kept, and the chain stays whole
        settings.use(replace(chosen, audit_keys=keys))
        with pytest.raises(Unavailable, match=r"audit\.key"):
            write(sessions, 1)
    settings.use(replace(chosen, audit_keys=f"2:{'c' * 32},5:{'d' * 32}"))
    assert (verify(sessions.engine, "attendance").whole, verify(sessions.engine, "attendance").lines) == (True, 6)


def test_a_changed_trail_gets_no_new_anchor_and_the_file_says_why(anchorer: Anchorer, sessions: Sessions) -> None:
    remove_last(sessions)
    anchor = anchorer.anchor()
    assert anchor
    assert anchor.broken == {"attendance": "cut at 40"}
    assert "attendance" not in anchor.trails
    assert anchorer.anchor() is None, "said once"


def test_after_a_restore_the_trail_is_taken_as_it_is_with_a_reason_that_stays(anchorer, sessions) -> None:
    remove_last(sessions)
    anchorer.accept(["attendance"], "restored the copy\u2028of Sunday")
    write(sessions, 1)
    assert anchorer.anchor()
    anchors = anchorer.folder.anchors()
    assert anchorer.verdicts(anchors)["attendance"].whole
    assert [one.reason for one in anchors if one.reason] == ["restored the copy\u2028of Sunday"]
    remove_last(sessions)
    assert anchorer.verdicts(anchors)["attendance"].fault == "cut", "what was noted since counts"
    edit(sessions)
    with pytest.raises(NotWhole, match="attendance at 7"):
        anchorer.accept(["attendance"], "no")


def test_the_anchors_prove_themselves(anchorer: Anchorer, sessions: Sessions) -> None:
    anchorer.change_key()
    write(sessions, 1)
    assert anchorer.anchor()
    path = anchorer.folder.folder / ANCHORS
    lines = path.read_text().splitlines()
    assert [one.number for one in anchorer.folder.anchors()] == [1, 2, 3, 4]
    edited = json.dumps({**json.loads(lines[1]), "at": "2020-01-01"})
    for wrong in ([lines[0], *lines[2:]], lines[1:], [lines[0], edited, *lines[2:]], [*lines[:3], lines[1]]):
        path.write_text("".join(f"{line}\n" for line in wrong))
        with pytest.raises(BrokenAnchors):
            anchorer.folder.anchors()


def test_a_key_that_was_replaced_signs_nothing_more(anchorer: Anchorer, sessions: Sessions, tmp_path: Path) -> None:
    old = (anchorer.folder.private / PRIVATE).read_bytes()
    anchorer.change_key()
    write(sessions, 1)
    anchorer.anchor()
    (anchorer.folder.private / PRIVATE).write_bytes(old)
    write(sessions, 1)
    anchorer.anchor()
    with pytest.raises(BrokenAnchors, match="5"):
        anchorer.folder.anchors()


def test_who_dies_while_the_key_is_changed_loses_neither(anchorer: Anchorer, sessions: Sessions) -> None:
    anchorer.folder.prepare_key()  # and dies before it is named
    write(sessions, 1)
    assert anchorer.anchor()
    anchorer.change_key()  # named, and not yet put in its place
    write(sessions, 1)
    assert anchorer.anchor()
    assert len(anchorer.folder.anchors()) == 5


def test_a_line_that_was_never_finished_is_taken_away_and_anchoring_goes_on(
    anchorer: Anchorer, sessions: Sessions
) -> None:
    path = anchorer.folder.folder / ANCHORS
    whole = path.read_text()
    path.write_text(whole + whole.splitlines()[0][:50])
    assert [one.number for one in anchorer.folder.anchors()] == [1, 2], "whoever reads it meanwhile takes it for none"
    write(sessions, 1)
    assert anchorer.anchor()
    assert path.read_text().startswith(whole)
    assert [one.number for one in anchorer.folder.anchors()] == [1, 2, 3]


def test_a_missing_public_key_is_a_fault_and_no_beginning(anchorer: Anchorer, sessions: Sessions) -> None:
    private = (anchorer.folder.private / PRIVATE).read_bytes()
    (anchorer.folder.folder / FIRST_ANCHOR_KEY).unlink()
    write(sessions, 1)
    with pytest.raises(FileNotFoundError):
        anchorer.anchor()
    assert (anchorer.folder.private / PRIVATE).read_bytes() == private
    assert CliRunner().invoke(command, ["verify", "attendance", f"--anchors={anchorer.folder.folder}"]).exit_code == 1


def test_nobody_else_reads_the_private_key(anchorer: Anchorer) -> None:
    assert (anchorer.folder.private / PRIVATE).stat().st_mode & 0o077 == 0


def test_an_auditor_proves_it_with_a_copy_and_the_key_that_was_told(
    anchorer: Anchorer, sessions: Sessions, tmp_path: Path
) -> None:
    first = anchorer.folder.first_key
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / ANCHORS).write_bytes((anchorer.folder.folder / ANCHORS).read_bytes())
    asked = ["verify", "attendance", f"--anchors={copy}", f"--public-key={first}"]
    assert CliRunner().invoke(command, asked).exit_code == 0
    remove_last(sessions)
    found = CliRunner().invoke(command, asked)
    assert found.exit_code == 1
    assert "BROKEN at line" in found.output


def test_only_what_is_new_is_walked_again(anchorer: Anchorer, sessions: Sessions) -> None:
    verdict = verify(sessions.engine, "attendance")
    since = Anchored(verdict.lines, verdict.last_hash)
    write(sessions, 2)
    edit(sessions)  # before what is walked: the walk through all finds it
    assert verify(sessions.engine, "attendance", since=since).lines == 42
    assert verify(sessions.engine, "attendance", since=since).whole
    assert verify(sessions.engine, "attendance").broken_at == 7
