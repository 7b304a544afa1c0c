"""Exports of the national platform come in: what is wrong is told by row and column, nothing comes in twice, nobody is told in plain."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from services.complaints.domain.platform_rows import LONGEST
from services.complaints.usecases import importing, storing
from shared.contracts.complaints import imports as contract
from shared.contracts.complaints.cases import NewCase
from shared.errors import Forbidden, Invalid
from tests.component.complaints.conftest import CENTRE, Centre, actor, at
from tests.support.platform_exports import HEADINGS, as_csv, as_xlsx, rows

_RECKONED = ("deadlines", "due", "due_number", "paused", "next_look", "status", "calendar", "kind", "registered_at")


def put_in(centre: Centre, sheet: bytes, **more: Any) -> dict[str, Any]:
    asked = {"intake_unit": "C01", "sheet": sheet, "dry_run": False, "file_name": "导出.xlsx", **more}
    job = centre.do(importing.start_import, asked)["job"]
    while importing.go_on(centre.sessions, CENTRE, job):
        pass
    return centre.do(importing.read_import, {"job": job})  # type: ignore[no-any-return]


def counts(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["registered"], told["known"], told["faulty"]


@pytest.fixture(autouse=True)
def later(centre: Centre) -> None:
    centre.today.reach(at("2026-04-20"))


def test_a_workbook_and_a_csv_come_in_and_the_same_file_again_brings_nothing(centre: Centre) -> None:
    lines = rows(12, ["S01", ""])
    assert counts(put_in(centre, as_xlsx(lines[:10]))) == (10, 0, 0)
    assert counts(put_in(centre, as_csv(lines, encoding="gb18030"))) == (2, 10, 0)
    assert centre.count("cases") == 12
    assert centre.count("case_import_parts") == 0


def test_a_trial_tells_the_same_and_registers_nothing(centre: Centre) -> None:
    told = put_in(centre, as_xlsx(rows(7)), dry_run=True)
    assert counts(told) == (7, 0, 0)
    assert (told["status"], told["done"], centre.count("cases"), centre.count("case_counters")) == ("done", 7, 0, 0)


def test_faults_are_told_by_row_and_column_and_the_other_rows_come_in(centre: Centre) -> None:
    lines = rows(6)
    lines[0][0], lines[1][1], lines[2][2], lines[3][11] = "", "表扬", "昨天", "很多"
    lines[4][2] = "2026-12-01 10:00"
    told = put_in(centre, as_xlsx(lines))
    assert counts(told) == (1, 0, 5)
    assert [(one["row"], one["column"], one["code"]) for one in told["faults"]] == [
        (2, "平台编号", "cell.missing"),
        (3, "类型", "cell.word"),
        (4, "登记时间", "cell.time"),
        (5, "涉案金额", "cell.amount"),
        (6, "登记时间", "case.future"),
    ]


def test_headings_are_known_in_any_order_and_width_below_a_title(centre: Centre) -> None:
    headings = [f" {one[:2]} {one[2:]}＊" for one in HEADINGS]
    lines = [line[::-1] for line in rows(2)]
    sheet = as_xlsx([headings[::-1], *lines], ["云汀市投诉举报数据"])
    assert counts(put_in(centre, sheet)) == (2, 0, 0)


def test_a_file_without_a_needed_column_is_refused_at_once(centre: Centre) -> None:
    headings = ["其他" if one in {"登记时间", "业务类型"} else one for one in HEADINGS]
    with pytest.raises(Invalid) as refused:
        put_in(centre, as_csv(rows(1), headings))
    assert refused.value.code == "column.missing"
    with pytest.raises(Invalid):
        put_in(centre, b"%PDF-1.7")
    with pytest.raises(Forbidden):
        centre.do(importing.start_import, {"intake_unit": "S01"}, by=actor("unit_head", unit="S01"))


def test_a_number_given_by_hand_is_known_and_one_number_twice_in_a_file_comes_in_once(centre: Centre) -> None:
    lines = rows(3)
    centre.register({"number": lines[0][0]}, {"platform_number": lines[1][0]})
    assert counts(put_in(centre, as_csv([*lines, lines[2]]))) == (1, 3, 0)


def test_it_is_as_if_it_had_been_registered_by_hand(centre: Centre) -> None:
    line = rows(1, ["S01"])[0]
    put_in(centre, as_xlsx([line]))
    moment = line[2].replace(" ", "T")
    centre.register(
        {
            "intake_unit": "S01",
            "received_at": f"{moment}+08:00",
            "summary": "x",
            "consumer": line[4],
            "phone": line[5],
            "address": line[7],
        }
    )
    with centre.sessions.engine.connect() as connection:
        ours, theirs = connection.execute(text("SELECT * FROM complaints.cases ORDER BY number")).mappings().all()
    assert {name: ours[name] for name in _RECKONED[:-1]} == {name: theirs[name] for name in _RECKONED[:-1]}
    assert (ours["person_keys"], ours["address_key"]) == (theirs["person_keys"], theirs["address_key"])


def test_rows_that_wait_and_who_complained_are_sealed_and_a_reporter_is_not_kept(centre: Centre) -> None:
    lines = rows(5)  # the last is a report
    asked = {"intake_unit": "C01", "sheet": as_csv(lines), "dry_run": False, "file_name": ""}
    job = centre.do(importing.start_import, asked)["job"]
    dump = "SELECT string_agg(t::text, ' ') FROM complaints.{} t"
    with centre.sessions.engine.connect() as connection:
        waiting = connection.scalar(text(dump.format("case_import_parts")))
    while importing.go_on(centre.sessions, CENTRE, job):
        pass
    with centre.sessions.engine.connect() as connection:
        tables = ("cases", "case_events", "case_facts", "audit", "outbox", "case_imports")
        stored = [waiting, *(connection.scalar(text(dump.format(one))) or "" for one in tables)]
        reporter = connection.execute(
            text("SELECT contact, real_name FROM complaints.cases WHERE kind = 'report'")
        ).one()
    assert not [one for one in stored for line in lines if line[4] in one.split() or line[5] in one]
    assert (reporter.contact, reporter.real_name) == (None, True)


def test_an_import_that_broke_off_goes_on_where_it_was(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PART", 3)
    asked = {"intake_unit": "C01", "sheet": as_csv(rows(7)), "dry_run": False, "file_name": ""}
    job = centre.do(importing.start_import, asked)["job"]
    assert importing.go_on(centre.sessions, CENTRE, job)
    monkeypatch.setattr(importing, "keep_reckoned", _fails_once(storing.keep_reckoned))
    while importing.go_on(centre.sessions, CENTRE, job):
        pass
    told = centre.do(importing.read_import, {"job": job})
    assert (told["status"], counts(told), centre.count("cases")) == ("done", (7, 0, 0), 7)


def test_texts_are_as_long_as_by_hand() -> None:
    by_hand = NewCase().fields
    limits = {name: max(getattr(one, "max", None) or 0 for one in by_hand[name].validators) for name in LONGEST}
    assert limits == LONGEST
    assert contract.StartImport().fields["sheet"].required


def _fails_once(do: Callable[..., Any]) -> Callable[..., Any]:
    def once(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the process died")
        return do(*given)

    calls: list[int] = []
    return once
