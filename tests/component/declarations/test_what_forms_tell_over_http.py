"""What a form tells over HTTP: every period inside a longer one, totals that mean something, how an order was judged, whose it is."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.sheets import REVIEW, exported
from tests.component.declarations.states import CYCLE

pytestmark = pytest.mark.usefixtures("made_here")


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


@pytest.mark.parametrize("period", ["2026-Y", "2026-H1"])
def test_a_longer_periods_form_holds_every_period_inside_it_to_look_at(bureau, on, period):
    on("2026-06-10")
    bureau.inner.declare("PS", ratio("3"))
    bureau.inner.declare("PS", ratio("4", period="2026-M02"))
    shown = bureau.get("PS", f"forms/review?cycle={CYCLE}&period={period}&inside=true").json
    rows = [row for row in shown["rows"] if row["indicator"] == "01-01-01"]
    assert [row["period"] for row in rows] == [f"2026-M{month:02}" for month in range(1, 7)]
    assert [row["status"] for row in rows][:3] == ["declared", "declared", None]
    assert (shown["inside"], shown["fillable"]) == (True, False)
    path = f"forms/review/workbook?cycle={CYCLE}&period={period}&inside=true"
    page = load_workbook(BytesIO(exported(bureau, path))).worksheets[0]
    texts = [[cell.value for cell in row] for row in page.iter_rows()]
    assert [row[2] for row in texts if row[3] == "01-01-01"][:2] == ["2026 年 1 月", "2026 年 2 月"]
    assert not any("@" in str(row[0]) for row in texts)  # nothing of it can be sent back
    assert bureau.get("PS", f"forms/review/paper?cycle={CYCLE}&period={period}&inside=true").data.startswith(b"%PDF")


def test_points_of_a_month_are_not_added_against_the_years_targets(bureau):
    bureau.inner.declare("PS", ratio("3"))
    shown = bureau.get("PS", REVIEW).json
    assert any(row["points"] is not None for row in shown["rows"])
    assert (shown["totals"]["points"], shown["totals"]["self_points"]) == (None, None)
    full = {row["indicator"]: Decimal(row["full_points"]) for row in shown["rows"]}
    assert Decimal(shown["totals"]["full_points"]) == sum(full.values())


@pytest.mark.parametrize("form", ["accountability", "temporary", "contribution", "subjective"])
def test_every_other_form_holds_its_periods_too(bureau, on, form):
    on("2026-12-20")
    shown = bureau.get("PS", f"forms/{form}?cycle={CYCLE}&period=2026-Y&inside=true")
    assert shown.status_code == 200, shown.text
    assert {row["period"] for row in shown.json["rows"]} >= ({"2026-H1", "2026-H2"} if form == "subjective" else set())
    for kind in ("workbook", "paper"):
        assert bureau.get("PS", f"forms/{form}/{kind}?cycle={CYCLE}&period=2026-Y&inside=true").status_code == 200


def test_a_judged_order_prints_what_counts_its_target_and_the_reason(bureau):
    order = {
        "indicator": "03-01-01", "period": "2026-M01", "title": "专项检查", "standard": "月底前", "deadline": "2026-12-31",
        "subjects": ["PS"],
    }  # fmt: skip
    (one,) = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"]
    for path, by, more in (
        ("accept", "PS", {}),
        ("complete", "PS", {"note": "查完"}),
        ("judge", "P9", {"note": "按标准完成", "counts": {"numerator": "1", "denominator": "1"}}),
    ):
        done = bureau.post(by, f"task-orders/{path}", {"cycle": CYCLE, "orders": [{"order": one["order"], **more}]})
        assert done.status_code == 200, done.text
    path = f"forms/accountability/workbook?cycle={CYCLE}&period=2026-M01"
    page = load_workbook(BytesIO(exported(bureau, path))).worksheets[0]
    (told,) = [str(cell.value) for row in page.iter_rows() for cell in row if "评定理由：按标准完成" in str(cell.value)]
    assert "：1" in told


def test_a_unit_is_not_printed_as_its_own_section(bureau):
    texts = [
        str(cell.value)
        for row in load_workbook(
            BytesIO(exported(bureau, f"forms/review/workbook?cycle={CYCLE}&period=2026-M01&subject=S01", "HS"))
        )
        .worksheets[0]
        .iter_rows()
        for cell in row
    ]
    assert any("考核对象：" in text for text in texts)
    assert not any("所在科所" in text for text in texts)
