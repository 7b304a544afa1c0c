"""Spot checks: announced, drawn, inspected, closed. What comes out stands beside it in spot_check_documents."""

from decimal import Decimal

from marshmallow import fields
from marshmallow.validate import ContainsNoneOf, Length

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.lists import CycleList
from shared.contracts.declarations.spot_check_documents import (
    Corrections,
    DrawDocument,
    SpotCheckDocument,
    SpotCheckOnTheSpot,
    SpotCheckOutcome,
    SpotCheckWithSteps,
)
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Exact,
    batch,
    code,
    day,
    flag,
    needed_text,
    note,
    paged,
    period_of,
    revision,
    sort,
    whole,
    word,
)
from shared.vocabulary.checking import (
    CHECKED_KINDS,
    SAMPLING_METHODS,
    SEVERITIES,
    SPOT_CHECK_KINDS,
    SPOT_CHECK_STATES,
)

POOL = 2000  # persons from whom inspectors are drawn


def _value(description: str) -> fields.String:
    """One line: it stands in the list that is hashed."""
    return fields.String(
        required=True, validate=[Length(1, 200), ContainsNoneOf("\0\n\r")], metadata={"description": description}
    )


class Method(Command):
    name = word(
        SAMPLING_METHODS,
        "by a plan of GB/T 2828.1, a tolerable rate, in proportion to points, or as asked",
        required=True,
    )
    level = code("S-1 … S-4, I, II, III", load_default="II")
    aql = Exact(load_default=Decimal("2.5"))
    severity = word(SEVERITIES, load_default="normal")
    rate = Exact(load_default=Decimal("0.02"), metadata={"description": "tolerable share of false ones"})
    size = whole(1, 60_000)
    expected = whole(0, 1000, "false ones that the sample may show and still bound the rate", load_default=0)
    confidence = Exact(load_default=Decimal("0.95"))
    strata = flag("look harder where the risk is higher", load_default=False)
    floor = Exact(
        load_default=Decimal("0.05"),
        metadata={"description": "share of the sample drawn by numbers alone: 0.05 to 0.5"},
    )


class NewSpotCheck(OneCycle):
    title = needed_text()
    period = code("everything assessed in periods that lie in it", required=True)
    line = code()
    unit = code()
    indicator = code()
    kinds = fields.List(word(CHECKED_KINDS), load_default=lambda: list(CHECKED_KINDS), validate=Length(1, 3))
    method = fields.Nested(Method, required=True)
    inspectors = batch(code(), limit=POOL, metadata={"description": "persons from whom inspectors are drawn"})
    value_name = _value("a public value still to come")
    value_due = day("on which it becomes public", required=True)
    veto_indicator = code("what a false declaration is proposed as")


class OneSpotCheck(Command):
    spot_check = code(required=True)


class ChosenSpotCheck(OneSpotCheck, OneCycle):
    revision = revision()


class Drawing(ChosenSpotCheck):
    value = _value("the public value")


class Cancellation(ChosenSpotCheck):
    reason = needed_text()


class ChosenItem(Command):
    kind = word(CHECKED_KINDS, required=True)
    item = code(required=True)


class CheckOnTheSpot(OneCycle):
    title = note(load_default="")
    reason = needed_text()
    items = batch(ChosenItem)
    veto_indicator = code()


class SpotCheckQuery(CycleList):
    sort = sort("title", "announced_by", "status")
    status = word(SPOT_CHECK_STATES)
    kind = word(SPOT_CHECK_KINDS)
    period = period_of()


class CorrectionQuery(ChosenItem, OneCycle):
    """One item."""


spot_checks = Family("declarations", "spot_checks", "抽查 spot checks and what they find")

announce_spot_check = spot_checks.post(
    "/spot-checks", "announce_spot_check", NewSpotCheck, SpotCheckOutcome, may="check_runs_spot_checks", status=201
)("公告抽查 freeze the list, publish its SHA-256 and the public value to come")
list_spot_checks = spot_checks.get(
    "/spot-checks", "list_spot_checks", SpotCheckQuery, paged(SpotCheckDocument), may="anyone"
)("抽查列表 every check of the bureau with its figures")
check_on_the_spot = spot_checks.post(
    "/spot-checks/on-the-spot",
    "check_on_the_spot",
    CheckOnTheSpot,
    SpotCheckOnTheSpot,
    may="check_checks_on_the_spot",
    status=201,
)("领导直接抽查 a leader checks any item, with a reason and without a draw")
get_spot_check = spot_checks.get(
    "/spot-checks/<spot_check>", "get_spot_check", OneSpotCheck, SpotCheckWithSteps, may="anyone", etag=True
)("抽查详情 one check with its steps")
get_draw = spot_checks.get("/spot-checks/<spot_check>/draw", "get_draw", OneSpotCheck, DrawDocument, may="anyone")(
    "抽取记录 what `kaohe spot-check verify` recomputes the draw from"
)
draw_spot_check = spot_checks.post(
    "/spot-checks/<spot_check>/draw", "draw_spot_check", Drawing, SpotCheckOutcome, may="check_runs_spot_checks"
)("抽取 items and inspectors follow from the list and the public value")
close_spot_check = spot_checks.post(
    "/spot-checks/<spot_check>/close",
    "close_spot_check",
    ChosenSpotCheck,
    SpotCheckOutcome,
    may="check_closes",
)("办结 with its figures, once every item is found")
cancel_spot_check = spot_checks.post(
    "/spot-checks/<spot_check>/cancel",
    "cancel_spot_check",
    Cancellation,
    SpotCheckOutcome,
    may="check_runs_spot_checks",
)("取消 with a reason, as long as nothing was found")
list_corrections = spot_checks.get("/item-corrections", "list_corrections", CorrectionQuery, Corrections, may="anyone")(
    "更正记录 what checks and appeals changed in one item"
)
