"""Closings that broke off: each is gone on with, once, and none that fails keeps another waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.attendance.service import AttendanceService
from services.attendance.usecases import closing, commands, projections, reminding, watching
from shared.actor import system
from shared.clock import now
from tests.component.attendance.conftest import BUREAU, Bureau, cycle, unit


def test_a_closing_that_broke_off_is_on_the_trail_and_its_repetition_closes_nothing_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.enrol(p1="P1", p2="P2")
    monkeypatch.setattr(closing, "AT_ONCE", 1)
    judge, parts = closing._judge, []

    def once(*given: Any) -> int:
        parts.append(given)
        if len(parts) == 2:
            raise InterruptedError
        return judge(*given)

    monkeypatch.setattr(closing, "_judge", once)
    with pytest.raises(InterruptedError):
        bureau.close("2026-01")
    assert closings(bureau) == [1]
    bureau.close("2026-01")
    assert closings(bureau) == [1, 2]
    assert bureau.count("month_changes") == 0


def test_a_closing_that_broke_off_is_gone_on_with_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries again with the same request is told that it was carried out, so it has to be."""
    bureau.enrol(p1="P1", p2="P2")
    with monkeypatch.context() as broken:
        broken.setattr(closing, "_judge", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bureau.close("2026-01")
    soon, later = now(), now() + timedelta(minutes=2)
    assert (bureau.count("month_figures"), closing.go_on_closing(bureau.sessions, BUREAU, soon)) == (0, [])
    assert closing.go_on_closing(bureau.sessions, BUREAU, later) == ["2026-01"]
    assert closing.go_on_closing(bureau.sessions, BUREAU, later + timedelta(days=1)) == []
    assert (bureau.count("month_figures"), closings(bureau)) == (4, [1])


def broken_off(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(closing, "_judge", lambda *_: 1 / 0)
        for code in codes:
            with pytest.raises(ZeroDivisionError):
                bureau.close(code)


def test_a_month_that_cannot_be_closed_keeps_no_other_waiting(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.enrol(p1="P1", p2="P2")
    broken_off(bureau, monkeypatch, "2026-01", "2026-02")
    judge = closing._judge

    def judge_but_january(session: Any, code: str, left: Any, *given: Any) -> int:
        assert left[0].code != "2026-01"
        return judge(session, code, left, *given)

    with monkeypatch.context() as broken:
        broken.setattr(closing, "_judge", judge_but_january)
        assert closing.go_on_closing(bureau.sessions, BUREAU, now() + timedelta(minutes=2)) == ["2026-02"]
    assert closing.go_on_closing(bureau.sessions, BUREAU, now() + timedelta(minutes=4)) == ["2026-01"]


def test_a_bureau_in_which_it_fails_keeps_no_other_waiting(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.handle(projections.keep_units, unit("A00", "bureau", "A00"))
    bureau.handle(projections.keep_cycles, replace(cycle(), bureau="A00"))
    bureau.enrol(p1="P1")
    broken_off(bureau, monkeypatch, "2026-01")
    with bureau.sessions.engine.begin() as connection:
        connection.exec_driver_sql(
            'INSERT INTO attendance.months SELECT (jsonb_populate_record(one, \'{"bureau": "A00"}\')).* FROM attendance.months one'
        )
        connection.exec_driver_sql("UPDATE attendance.months SET under_way = under_way - interval '2 minutes'")
    service, asked = AttendanceService(), list[tuple[str, str]]()
    service.database = bureau.sessions  # type: ignore[assignment]  # what the dependency provider gives it

    def failing_first(name: str) -> Callable[..., None]:
        def fail(_: Any, code: str, *__: Any) -> None:
            asked.append((name, code))
            assert code != "A00"

        return fail

    monkeypatch.setattr(closing, "go_on_closing", failing_first("go_on"))
    monkeypatch.setattr(watching, "watch_clocks", failing_first("watch"))
    monkeypatch.setattr(commands, "lapse_commands", failing_first("lapse"))
    monkeypatch.setattr(reminding, "not_reminded", lambda *_: ["A00", BUREAU])
    monkeypatch.setattr(reminding, "remind", failing_first("remind"))
    for timer in (service.go_on, service.watch, service.remind):
        timer()
    assert sorted(asked) == [(name, code) for name in ("go_on", "lapse", "remind", "watch") for code in ("A00", BUREAU)]


def test_a_minute_in_which_no_closing_is_left_asks_no_bureau(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.enrol(p1="P1")
    bureau.close("2026-01")
    broken_off(bureau, monkeypatch, "2026-02")
    with bureau.sessions.begin(system("")) as session:
        assert closing.broken_off(session, now()) == []
        assert closing.broken_off(session, now() + timedelta(minutes=2)) == [BUREAU]


def test_the_end_of_an_older_closing_leaves_a_newer_one_under_way(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.enrol(p1="P1")
    judge = closing._judge

    def judge_and_be_overtaken(*given: Any) -> int:
        monkeypatch.undo()
        broken_off(bureau, monkeypatch, "2026-01")
        return judge(*given)

    monkeypatch.setattr(closing, "_judge", judge_and_be_overtaken)
    bureau.close("2026-01")
    assert closings(bureau) == [1, 2]
    assert closing.go_on_closing(bureau.sessions, BUREAU, now() + timedelta(minutes=2)) == ["2026-01"]
    assert closing.go_on_closing(bureau.sessions, BUREAU, now() + timedelta(days=1)) == []


def closings(bureau: Bureau) -> list[int]:
    """The revisions of the month's closings that the trail tells of."""
    wanted = (
        "SELECT after::jsonb ->> 'revision' FROM attendance.audit WHERE action = 'attendance_month.closed' ORDER BY seq"
    )
    with bureau.sessions.engine.connect() as connection:
        return [int(one) for one in connection.exec_driver_sql(wanted).scalars()]
