"""A lead of the 12315 centre becomes one task order of its id, by whoever may issue it, however and in whatever order it is told."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from shared.errors import Conflict, Forbidden, NotFound
from shared.events import LeadRaised
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, B

LEAD = "01a229f0-1761-77b8-8adc-f63d5d8f1026"


def lead(status: str = "raised", revision: int = 1, **changes: Any) -> LeadRaised:
    state = {
        "bureau": B,
        "lead": LEAD,
        "revision": revision,
        "cycle": CYCLE,
        "source": "sample",
        "about": "酸奶抽检不合格",
        "title": "乳制品专项检查",
        "text": "查冷藏",
        "line": "access",
        "unit": "S01",
        "deadline": date(2026, 12, 1),
        "status": status,
        "reason": "",
        "by": "centre",
    }
    return LeadRaised(**{**state, **changes})


def issue(bureau: Bureau, by: str = "P9", **changes: Any) -> Any:
    entry = {"cycle": CYCLE, "lead": LEAD, "indicator": "03-01-01", "period": "2026-M01", "subject": "PS"}
    given = {**entry, "standard": "全覆盖", "deadline": "2099-12-01", **changes}
    return bureau.ask("order_lead", by, given)["orders"][0]


def waiting(bureau: Bureau, by: str = "P9") -> list[str]:
    return [one["lead"] for one in bureau.ask("list_leads_to_order", by, {"cycle": CYCLE})["items"]]


def test_an_order_made_of_a_lead_bears_its_id_and_is_made_once(bureau: Bureau) -> None:
    bureau.service.take_LeadRaised([lead(), lead()])
    assert waiting(bureau) == [LEAD]
    assert issue(bureau)["order"] == LEAD
    assert waiting(bureau) == []
    with pytest.raises(Conflict):
        issue(bureau)
    (order,) = bureau.ask("list_orders", "P9", {"cycle": CYCLE})["items"]
    assert (order["title"], order["standard"], order["issued_by"]) == ("乳制品专项检查", "全覆盖", "P9")


@pytest.mark.parametrize("way", list(permutations((lead(), lead("withdrawn", 2)))))
def test_a_lead_that_was_withdrawn_is_not_ordered(bureau: Bureau, way: tuple[LeadRaised, ...]) -> None:
    for state in way:
        bureau.service.take_LeadRaised([state])
    assert waiting(bureau) == []
    with pytest.raises(NotFound):
        issue(bureau)


def test_who_may_issue_no_orders_neither_reads_leads_nor_makes_orders_of_them(bureau: Bureau) -> None:
    bureau.service.take_LeadRaised([lead()])
    for by in ("PS", "HS"):
        with pytest.raises(Forbidden):
            waiting(bureau, by)
        with pytest.raises(Forbidden):
            issue(bureau, by)
    with pytest.raises(Forbidden):
        issue(bureau, "P10")
    assert waiting(bureau, "K1") == [LEAD]


def test_an_order_goes_to_the_unit_that_the_lead_went_to(bureau: Bureau) -> None:
    bureau.service.take_LeadRaised([lead(unit="D10")])
    with pytest.raises(Conflict):
        issue(bureau)
