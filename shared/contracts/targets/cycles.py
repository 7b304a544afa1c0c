"""Years of appraisal and what each of their states permits: 考核年度."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    PageQuery,
    described,
    listing,
    paged,
    revision,
    whole,
    word,
)
from shared.contracts.targets.fields import cycle_code, day
from shared.vocabulary.cycles import CYCLE_STATES, EVALUATIONS, PERMITS, ROUNDINGS
from shared.vocabulary.library import CATEGORIES, FREQUENCIES


def tie_chain() -> fields.List[Any]:
    described_so = described("categories compared in turn where scores are equal", {})
    return fields.List(word(CATEGORIES), validate=Length(0, 4), **described_so)


class CycleRules(Command):
    rounding = word(ROUNDINGS)
    quota_percent = whole(0, 100)
    tie_chain = tie_chain()
    calendar = fields.Dict(
        keys=fields.Date(),
        values=fields.Boolean(),
        validate=Length(max=366),
        metadata={"description": "date -> worked, beside the national calendar"},
    )


class NewCycle(CycleRules):
    cycle = cycle_code("the year")
    copy_from = cycle_code(
        "a year whose library (as the draft), model and rules it begins with", required=False, load_default=None
    )
    starts = day()
    ends = day()

    @validates_schema
    def within_year(self, data: dict[str, Any], **_options: Any) -> None:
        first, last = date(int(data["cycle"]), 1, 1), date(int(data["cycle"]), 12, 31)
        if not first <= data.get("starts", first) <= data.get("ends", last) <= last:
            raise ValidationError("a cycle lies within its year", "starts")


class CycleChange(CycleRules):
    cycle = cycle_code()
    revision = revision(load_default=None, allow_none=True)


class CycleStep(Command):
    cycle = cycle_code()
    status = word(CYCLE_STATES, required=True)
    revision = revision(load_default=None, allow_none=True)


class CycleKey(Command):
    cycle = cycle_code()


class PeriodDocument(Document):
    code = fields.String(required=True, metadata={"description": "2026-M01, 2026-Q1, 2026-H1, 2026-Y"})
    frequency = word(FREQUENCIES, required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)


class CycleDocument(Document):
    cycle = fields.String(required=True)
    status = word(CYCLE_STATES, required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    periods = listing(PeriodDocument)
    library_revision = fields.Integer(required=True)
    model_revision = fields.Integer(required=True)
    weights = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=Exact())),
        required=True,
        metadata={"description": "layer -> line -> category -> weight"},
    )
    composite = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=Exact()),
        required=True,
        metadata={"description": "target -> component -> weight"},
    )
    rounding = word(ROUNDINGS, required=True)
    quota_percent = fields.Integer(required=True)
    tie_chain = listing(word(CATEGORIES))
    evaluations = word(EVALUATIONS, "which count", required=True)
    calendar = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
    permits = listing(word(PERMITS), "what this status permits")
    revision = fields.Integer(required=True)


cycles = Family("targets", "cycles", "考核年度 cycles and what each of their states permits")
_STEP: dict[str, Any] = {"may": "may_manage_cycle", "if_match": "optional", "etag": True}

create_cycle = cycles.post(
    "/cycles", "create_cycle", NewCycle, CycleDocument, may="may_manage_cycle", status=201, etag=True
)("新建考核年度 a cycle, as a draft")
list_cycles = cycles.get("/cycles", "list_cycles", PageQuery, paged(CycleDocument), may="anyone", asked_again=True)(
    "考核年度列表 cycles"
)
get_cycle = cycles.get(
    "/cycles/<cycle>", "get_cycle", CycleKey, CycleDocument, may="anyone", etag=True, asked_again=True
)("考核年度 one cycle with its periods and model")
change_cycle = cycles.patch("/cycles/<cycle>", "change_cycle", CycleChange, CycleDocument, may="may_manage_cycle")(
    "调整规则 rounding, quota, tie chain, calendar, from today; needs If-Match"
)
move_cycle = cycles.internal("move_cycle", CycleStep, may="may_manage_cycle", if_match="optional")


def _step(path: str, status: str, summary: str) -> None:
    cycles.post(
        f"/cycles/<cycle>/{path}",
        "move_cycle",
        CycleStep,
        CycleDocument,
        name=f"{path}_cycle",
        fixed={"status": status},
        **_STEP,
    )(summary)


_step("open", "open", "开始考核年度 from draft to open: claims and declarations begin")
_step("closing", "closing", "开始收尾 from open to closing: nothing is claimed any more")
_step("close", "closed", "关账 from closing to closed: nothing is declared any more")
_step("publish", "published", "公布 from closed to published")
_step("archive", "archived", "归档 from published to archived: nothing changes any more")
tally_states = cycles.internal("tally_states", CycleKey, may="anyone", reads=True)
