"""A period in which the machine had nothing to measure needs nobody's click, until the machine counts something after all."""

from collections.abc import Callable
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.errors import Conflict
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, cases
from tests.component.declarations.test_timetables import answer, ask

TIMELY = "08-01-01"  # a tier of what 12315 counts, of everybody
SOME = {"accepted_in_time": {"numerator": "3", "denominator": "4"}}


@pytest.fixture
def day(bureau: Bureau, on: Callable[[str], None]) -> Callable[[str], None]:
    """``day("2026-02-05")``: the daily work of that day is done. January is to be declared by the 4th of February."""
    on("2026-01-10")
    bureau.rule()

    def begins(day: str) -> None:
        on(day)
        bureau.service.remind()

    return begins


def noted(bureau: Bureau, subject: str = "PS") -> list[dict[str, Any]]:
    columns = "period, status, not_applicable, declared_by, reason, due_on::text"
    own = f"subject = '{subject}' AND indicator = '{TIMELY}'"
    return bureau.rows(f"SELECT {columns} FROM declarations.declaration WHERE {own} ORDER BY period")


def count_cases(bureau: Bureau, figures: dict[str, dict[str, str]], revision: int = 1) -> None:
    state = cases("PS", "2026-01", figures, revision)
    bureau.handle(projections.keep_figures, state, source="complaints")


def due(bureau: Bureau) -> set[str]:
    told = bureau.ask("list_due", "PS", {"cycle": CYCLE, "period": "2026-M01"})
    return {one["indicator"] for one in told["items"]}


def shown(bureau: Bureau, by: str, **query: str) -> dict[str, Any]:
    (one,) = bureau.ask("list_declarations", by, {"cycle": CYCLE, "may": True, **query})["items"]
    alone: dict[str, Any] = bureau.ask("get_declaration", by, {"cycle": CYCLE, "declaration": one["declaration"]})
    assert (one["may"], one["why_not"]) == (alone["may"], alone["why_not"])
    return alone


def recorded(bureau: Bureau) -> str:
    """HS's own item, declared, verified, assessed and recorded: its id."""
    (own,) = bureau.declare("HS", ratio())
    for step, by in (("verify", "L1"), ("assess", "P10"), ("record", "P10")):
        bureau.decide(step, by, [own["declaration"]])
    return str(own["declaration"])


def test_it_is_noted_once_the_day_for_declaring_has_passed(bureau: Bureau, day, tables):
    day("2026-02-04")
    assert noted(bureau) == []
    assert TIMELY in due(bureau)
    day("2026-02-05")
    (one,) = noted(bureau)
    assert (one["status"], one["not_applicable"], one["declared_by"]) == ("recorded", True, "system")
    assert TIMELY not in due(bureau)
    told = [one for one in tables("SELECT body FROM declarations.outbox") if TIMELY in str(one["body"])]
    assert told
    (late,) = tables("SELECT content FROM declarations.notice WHERE address = 'person:PS' AND kind = 'declare_late'")
    assert late["content"]["count"] == 3  # of four
    day("2026-02-06")
    assert len(noted(bureau)) == 1


def test_what_was_counted_or_declared_or_is_counted_by_nobody_is_left_to_the_declarer(bureau: Bureau, day, on):
    count_cases(bureau, SOME)
    on("2026-02-03")
    bureau.declare("Q10", {"indicator": TIMELY})
    day("2026-02-05")
    assert noted(bureau) == []
    assert [one["status"] for one in noted(bureau, "Q10")] == ["declared"]
    known = {one["indicator"] for one in bureau.rows("SELECT DISTINCT indicator FROM declarations.declaration")}
    assert known == {TIMELY}  # neither what people count nor a month of the clocks that is not closed


def test_what_is_counted_after_all_is_asked_for_and_declared_without_consent(bureau: Bureau, day):
    day("2026-02-05")
    count_cases(bureau, SOME)
    assert noted(bureau)[0]["status"] == "recorded"
    day("2026-02-06")
    (one,) = noted(bureau)
    assert (one["status"], one["due_on"]) == ("returned", "2026-02-10")
    assert "机器取数已更正" in one["reason"]
    assert TIMELY in due(bureau)
    told = bureau.rows("SELECT content FROM declarations.notice WHERE address = 'person:PS' AND kind = 'returned'")
    assert "机器取数已更正，请申报" in told[0]["content"]["zh"]
    (declared,) = bureau.declare("PS", {"indicator": TIMELY})
    assert (declared["status"], declared["counts"]["denominator"]) == ("declared", 4)


def test_a_month_without_cases_that_gets_another_revision_without_cases_stays_noted(bureau: Bureau, day):
    day("2026-02-05")
    count_cases(bureau, {"accepted_in_time": {"numerator": "0", "denominator": "0"}})
    day("2026-02-06")
    assert [one["status"] for one in noted(bureau)] == ["recorded"]


def test_who_knows_better_declares_over_it_and_over_nothing_else_that_is_recorded(bureau: Bureau, day, on):
    bureau.ask("set_timetable", "office", {"cycle": CYCLE, "rules": [{"frequency": "monthly", "since": "2026-02-01"}]})
    day("2026-03-01")
    assert [one["period"] for one in noted(bureau)] == ["2026-M01", "2026-M02"]
    entry = {"indicator": TIMELY, "period": "2026-M02", "counts": {"numerator": "1", "denominator": "1"}}
    (over,) = bureau.declare("PS", {**entry, "remark": "登记在他人名下", "evidence": ["12315 台账"]})
    assert (over["status"], over["not_applicable"], over["differs"]) == ("declared", False, True)
    on("2026-02-02")
    recorded(bureau)
    with pytest.raises(Conflict) as raised:
        bureau.declare("HS", ratio("4"))
    assert refusal(raised) == (0, "declaration.state")


def test_what_was_noted_may_be_declared_with_consent_and_what_was_recorded_may_not(bureau: Bureau, day, on):
    on("2026-02-02")
    own = recorded(bureau)
    day("2026-02-05")
    told = shown(bureau, "HS", indicator="01-01-01")
    assert (told["declaration"], told["may"], told["why_not"]["declare"]["code"]) == (own, [], "declaration.state")
    item = {"subject": "PS", "period": "2026-M01", "indicator": TIMELY}
    assert shown(bureau, "PS", indicator=TIMELY)["why_not"]["declare"]["code"] == "declaration.late"
    with pytest.raises(Conflict) as raised:
        bureau.declare("PS", item)
    assert refusal(raised) == (0, "declaration.late")
    answer(bureau, "P9", ask(bureau, indicator=TIMELY)["consent"])
    assert shown(bureau, "PS", indicator=TIMELY)["may"] == ["declare"]
    assert shown(bureau, "HS", indicator=TIMELY, subject="PS")["may"] == []
    known = {"counts": {"numerator": "1", "denominator": "1"}, "remark": "登记在他人名下", "evidence": ["12315 台账"]}
    (over,) = bureau.declare("PS", {**item, **known})
    steps = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": over["declaration"]})["steps"]
    assert [one["step"] for one in steps] == ["declare_over"]


def test_without_a_deadline_what_was_noted_may_be_declared_at_once(bureau: Bureau, on):
    on("2026-02-02")
    bureau.service.remind()
    assert shown(bureau, "PS", indicator=TIMELY)["may"] == ["declare"]
