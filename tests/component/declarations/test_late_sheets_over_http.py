"""A sheet that comes back late: what was declared, withdrawn or changed on the web meanwhile."""

import pytest

from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.sheets import BOOK, blank, exported, filled
from tests.component.declarations.states import CYCLE

pytestmark = pytest.mark.usefixtures("made_here")


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def test_whoever_follows_the_sheets_advice_after_the_deadline_loses_nothing(bureau, on):
    on("2026-01-10")
    bureau.inner.rule()
    on("2026-02-04")
    book = filled(blank(bureau), ("01-01-01|done", "declared", 4))
    (one,) = bureau.inner.declare("PS", ratio("3"))
    on("2026-02-09")  # declaring was due on the 4th
    (told,) = bureau.send_back("PS", BOOK, book).json["errors"]
    assert "直接更正后再报，不必撤回" in told["zh"]
    entry = ratio("4", period="2026-M01", revision=1)
    corrected = bureau.post("PS", "declarations", {"cycle": CYCLE, "entries": [entry]})
    assert (corrected.status_code, corrected.json["declarations"][0]["status"]) == (201, "declared")
    bureau.inner.decide("verify", "HS", [one["declaration"]])
    other = filled(book, ("01-01-01|done", "declared", 5))
    (told,) = bureau.send_back("PS", BOOK, other).json["errors"]
    assert "退回后再报" in told["zh"]


def test_a_withdrawn_contribution_is_put_forward_again_by_its_sheet(bureau):
    path = f"forms/contribution/workbook?cycle={CYCLE}&period=2026-H1"
    told = {"title": "先进集体", "effect": "全国表彰", "proof": "证书"}
    row = [("new", "indicator", "11-01-03 指标11-01-03"), ("new", "level", "国家级")]
    book = filled(exported(bureau, path), *row, *(("new", name, value) for name, value in told.items()))
    assert bureau.send_back("PS", path, book).json["changed"] == 1
    (made,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    body = {"cycle": CYCLE, "contributions": [{"contribution": made["contribution"]}]}
    assert bureau.post("PS", "contributions/withdraw", body).status_code == 200
    assert bureau.send_back("PS", path, book).json == {"applied": True, "changed": 1, "unchanged": 0, "errors": []}
    (again,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    assert (again["contribution"], again["status"]) == (made["contribution"], "declared")
