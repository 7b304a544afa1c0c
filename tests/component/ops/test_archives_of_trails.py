"""A closed year's lines leave the database for a file; the trail is proved with the file and goes on without it (docs/decisions/1780)."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from ops.auditing import archives, taking_out
from ops.backup.archives import read_archive, write_archive
from shared.audit import verify
from shared.database import open_sessions
from shared.migrations import SCHEMAS
from shared.recording import audit
from shared.settings import Settings, settings
from tests.component.shared.test_migrations import differences
from tests.support.archiving import OTHER, Installation
from tests.support.tampering import ACTOR, change, remove_all

CHAINS = {"one": {"attendance": 90}, "bureau": {"attendance/B": 60, "attendance/C": 30}}


@pytest.fixture(params=["one", "bureau"])
def chains(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def installed(database: Callable[..., str], tmp_path: Path, chains: str, monkeypatch) -> Iterator[Installation]:
    url, before = database(*SCHEMAS), settings._settings
    chosen = replace(Settings(), database_url=url, var=str(tmp_path / "var"), audit_keys=f"1:{'a' * 32}")
    settings.use(replace(chosen, audit_chains=chains))
    sessions = open_sessions(url, "attendance")
    yield Installation(sessions, tmp_path, monkeypatch)
    sessions.engine.dispose()
    settings.use(before)


def test_a_closed_years_lines_are_in_the_file_and_the_trail_is_proved_with_it_and_without(installed, chains) -> None:
    file = installed.archive()
    assert installed.left() == ([30] if chains == "one" else [20, 10])
    for given in ((), (file,)):
        found = installed.verified(*given)
        assert found.exit_code == 0, found.output
        for name, lines in CHAINS[chains].items():
            assert f"{name}: 完整 whole，{lines} lines" in found.output
            assert (f"2025.age, {name}: 完整 whole，{lines * 2 // 3} lines" in found.output) is bool(given)


def test_the_trail_goes_on_and_the_next_years_follow(installed, chains) -> None:
    files = [installed.archive(year) for year in (2024, 2025)]
    installed.write(datetime(2026, 3, 1, tzinfo=UTC), OTHER, 5)
    assert installed.anchorer.anchor()
    assert installed.left() == ([35] if chains == "one" else [20, 15])
    assert installed.verified(*files).exit_code == installed.verified(files[1]).exit_code == 0
    assert installed.verified(*files).output.count("BROKEN") == 0


def test_a_chain_never_loses_its_end(installed, chains, monkeypatch) -> None:
    """Although nothing was written since: the next line has to follow it, and its number is never given again."""
    monkeypatch.setattr(archives, "now", lambda: datetime(2028, 1, 1, tzinfo=UTC))
    file = installed.archive(2027)
    assert installed.left() == [1] * len(CHAINS[chains])
    installed.write(datetime(2028, 1, 2, tzinfo=UTC), ACTOR, 1)
    assert installed.left() == ([2] if chains == "one" else [2, 1])
    assert installed.verified(file).exit_code == 0


def test_schema_and_names_are_what_the_code_and_earlier_releases_know(installed) -> None:
    defined = text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'attendance' AND tablename = 'audit' ORDER BY 1")
    url = installed.sessions.engine.url.render_as_string(hide_password=False)
    with installed.sessions.engine.connect() as connection:
        before = connection.execute(defined).scalars().all()
    installed.archive()
    with installed.sessions.engine.connect() as connection:
        assert connection.execute(defined).scalars().all() == before
    assert differences(url, "attendance") == []


def test_a_year_that_is_not_over_a_file_that_is_there_and_a_second_time_change_nothing(installed) -> None:
    file, left = installed.folder / "one.age", installed.left()
    year = archives.bureau_date(archives.now()).year
    asked = ["archive", file, f"--to={installed.recipient}"]
    assert "尚未结束" in installed.ask(*asked, f"--year={year}").output
    assert not file.exists()
    file.write_text("here")
    assert "已存在" in installed.ask(*asked, "--year=2025").output
    assert (file.read_text(), installed.left()) == ("here", left)
    installed.archive()
    again = installed.ask("archive", installed.folder / "again.age", "--year=2025", f"--to={installed.recipient}")
    assert (again.exit_code, "没有可归档的行" in again.output) == (1, True)


def test_a_trail_that_is_not_whole_is_not_archived(installed) -> None:
    left = installed.left()
    change(installed.sessions, "UPDATE attendance.audit SET name = '别人' WHERE seq = 7")
    refused = installed.ask("archive", installed.folder / "one.age", "--year=2025", f"--to={installed.recipient}")
    assert (refused.exit_code, "审计链断裂" in refused.output) == (1, True)
    assert not (installed.folder / "one.age").exists()
    assert installed.left() == left


def test_who_dies_before_the_lines_are_taken_out_does_it_again(installed, monkeypatch) -> None:
    first = installed.folder / "first.age"
    archives.write_year(installed.anchorer, 2025, SCHEMAS, first, [installed.recipient])
    assert sum(installed.left()) == 90
    assert installed.verified().exit_code == installed.verified(first).exit_code == 0, "both, whole"
    file = installed.archive()
    assert sum(installed.left()) == 30
    assert installed.verified(file).exit_code == 0


def altered(lines: list[dict[str, object]]) -> None:
    lines[6]["name"] = "别人"


def shortened(lines: list[dict[str, object]]) -> None:
    del lines[-1]


def beheaded(lines: list[dict[str, object]]) -> None:
    del lines[0]


def prolonged(lines: list[dict[str, object]]) -> None:
    lines.append(lines[-1])


@pytest.mark.parametrize("tamper", [altered, shortened, beheaded, prolonged])
def test_an_archive_that_is_not_what_was_written_is_found(installed, tamper) -> None:
    """Anybody can encrypt for a public key: what proves the lines is in the anchors, even where the file's digest were taken for granted."""
    file = installed.archive()
    opened = installed.folder / "opened"
    opened.mkdir()
    manifest = read_archive(file, installed.identity, opened)
    name = next(iter(manifest["members"]))
    lines = [json.loads(one) for one in gzip.decompress((opened / name).read_bytes()).decode().split("\n")[:-1]]
    tamper(lines)
    (opened / name).write_bytes(gzip.compress("".join(f"{json.dumps(one)}\n" for one in lines).encode()))
    write_archive(file, [(one, opened / one) for one in manifest["members"]], [installed.recipient], {})
    found = installed.verified(file)
    assert (found.exit_code, "不是锚点中的归档" in found.output) == (1, True)
    anchors = installed.anchorer.folder.anchors()
    kept = archives.Kept(next(one.archive for one in anchors if one.archive), opened)
    assert not dict(kept.verdicts(anchors, SCHEMAS))[name.removesuffix(".jsonl.gz")].whole


def test_what_is_left_cannot_be_changed_put_back_or_taken_out_past_the_archive(installed, chains) -> None:
    installed.archive()
    gone = "SELECT 3, at, account, name, address, request_id, bureau, action, subject, before, after, hash, chain"
    chain = "" if chains == "one" else "B"
    lines = CHAINS[chains]["attendance" if chains == "one" else "attendance/B"]
    for tamper in (
        f"INSERT INTO attendance.audit {gone} FROM attendance.audit WHERE seq = {lines} AND chain = '{chain}'",
        f"DELETE FROM attendance.audit WHERE seq = {lines * 2 // 3 + 1} AND chain = '{chain}'",
        f"UPDATE attendance.audit SET name = '别人' WHERE seq = {lines * 2 // 3 + 1} AND chain = '{chain}'",
    ):
        with installed.sessions.engine.connect() as connection:
            kept = connection.execute(text("SELECT * FROM attendance.audit")).mappings().all()
        change(installed.sessions, tamper)
        assert installed.verified().exit_code == 1, tamper
        remove_all(installed.sessions)
        with installed.sessions.engine.begin() as connection:
            names = ", ".join(f":{name}" for name in kept[0])
            connection.execute(text(f"INSERT INTO attendance.audit VALUES ({names})"), [dict(one) for one in kept])
        assert installed.verified().exit_code == 0
    remove_all(installed.sessions)
    assert installed.verified().exit_code == 1


def test_lines_that_come_meanwhile_stay_and_a_long_transaction_is_waited_for(installed, chains, monkeypatch) -> None:
    """Another's transaction holds the trail at the first try; what it and others commit since the copy was made is there afterwards."""
    at, tries = datetime(2026, 2, 1, tzinfo=UTC), []
    held = installed.sessions.engine.connect()

    def goes_on(seconds: float) -> None:
        tries.append(seconds)
        held.rollback()
        held.close()

    hold = taking_out._hold

    def write_first(connection, schema: str) -> None:
        if schema == "attendance":
            installed.write(at, replace(ACTOR, bureau="D"), 3)  # of a bureau whose first they are
            installed.write(at, OTHER, 4)
            held.execute(text("SELECT count(*) FROM attendance.audit"))
        hold(connection, schema)

    monkeypatch.setattr(taking_out, "_hold", write_first)
    monkeypatch.setattr(taking_out, "time", SimpleNamespace(sleep=goes_on))
    file = installed.archive()
    assert tries == [taking_out.PAUSE]
    assert installed.left() == ([37] if chains == "one" else [20, 14, 3])
    assert installed.verified(file).exit_code == 0


def test_those_who_write_while_the_lines_are_taken_out_lose_nothing(installed, chains) -> None:
    over, written = threading.Event(), [0]

    def go_on() -> None:
        while not over.is_set():
            with installed.sessions.begin(ACTOR) as session:
                audit(session, action="device.approved", subject="C1", before={}, after={})
            written[0] += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        file = installed.archive()
    finally:
        over.set()
        writer.join()
    assert written[0]
    assert sum(installed.left()) == 30 + written[0]
    chain = "" if chains == "one" else "B"
    ends = [one.archive.trails for one in installed.anchorer.folder.anchors() if one.archive]
    gone = [until for name, (_, until) in ends[0].items() if name.endswith(chain)]
    assert verify(installed.sessions.engine, "attendance", chain=chain, archived=gone).whole
    assert installed.verified(file).exit_code == 0
