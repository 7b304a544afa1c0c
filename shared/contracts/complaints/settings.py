"""What a bureau decides for itself in 12315, each from a day on."""

from typing import Any

from marshmallow import ValidationError, fields, validates, validates_schema
from marshmallow.validate import Length, Regexp

from shared.contracts.complaints.regimes import ReadingsDocument
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Empty,
    code,
    day,
    flag,
    listing,
    needed_text,
    note,
    revision,
    text,
    whole,
    word,
)
from shared.vocabulary.case_procedure import SIGNS
from shared.vocabulary.complaints import CLOCKS, SATISFACTIONS
from shared.vocabulary.jurisdiction import KNOWN_BY

REGIMES = ("令20", "令121")
_TIME = Regexp(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")


class ReadingsOfRegime(Command):
    """How the regime is read where the law is open; what is left away is read by its default."""

    weekend_moves = flag(
        "a calendar period that ends on an ordinary weekend ends on the day after it", load_default=False
    )
    statutory_only = flag("only a statutory day moves an end, not the days off around it", load_default=False)
    pause_both_ends = flag("neither the first nor the last day of an appraisal is counted", load_default=False)
    transfer_restarts = flag("the clock runs from the competent bureau's receipt", load_default=True)
    supplement_pauses = flag("the time for supplementing papers is not counted", load_default=False)
    recusal_pauses = flag("the time in which a recusal is decided is not counted", load_default=False)
    by_receipt = flag("a case keeps the regime of its receipt", load_default=True)


class WhoseCases(Command):
    """Of which unit of the bureau, or of which other bureau, cases from a place or of a platform are."""

    by = word(KNOWN_BY, required=True)
    words = needed_text(50, "as they stand in addresses, or in the platform's name")
    unit = text(20, load_default=None)
    other_bureau = note(200, load_default="")

    @validates_schema
    def _one_of_both(self, given: dict[str, Any], **_: Any) -> None:
        if bool(given["unit"]) == bool(given["other_bureau"].strip()):
            raise ValidationError("a unit, or another bureau", "unit")


class NewCaseSettings(Command):
    """All of them, as they hold from ``starts`` on."""

    starts = day("from when they hold; today or later", required=True)
    revision = revision("of the settings as they were seen; 409 where they have changed meanwhile", required=True)
    readings = fields.Dict(keys=word(REGIMES), values=fields.Nested(ReadingsOfRegime), load_default=dict)
    own_limits = fields.Dict(
        keys=word(CLOCKS),
        values=whole(1, 366),
        load_default=dict,
        metadata={"description": "the bureau's own limit of a clock, in working days, beside the law's"},
    )
    satisfied = fields.List(word(SATISFACTIONS), required=True, validate=Length(1, len(SATISFACTIONS)))
    late_entry_days = whole(0, 366, "after which an entry needs a head's consent and is marked", required=True)
    late_consent_days = whole(1, 366, "for which such a consent holds", required=True)
    repeat_days = whole(1, 366, "after its conclusion in which a complaint counts as repeated", required=True)
    soon_days = whole(0, 60, "working days before its end from which a deadline is near", required=True)
    warn_hours = fields.List(
        whole(1, 480), required=True, validate=Length(max=5), metadata={"description": "working hours before the end"}
    )
    answer_days = whole(1, 60, "working days in which an answer to a 督办 is expected", required=True)
    quiet_from = fields.String(required=True, validate=_TIME, metadata={"description": "no notice from this hour"})
    quiet_until = fields.String(
        required=True, validate=_TIME, metadata={"description": "to this one; urgent ones go to the duty phone"}
    )
    duty_phone = note(50, load_default="")
    veto_indicator = code("what a grave finding against a member of staff is proposed as", required=True)
    # Added since; what is left away stays as it was.
    signs = fields.Dict(
        keys=word(SIGNS),
        values=whole(2, 10_000),
        load_default=None,
        metadata={"description": "from how many complaints on a sign is shown, the one at hand included"},
    )
    frequent_days = whole(1, 366, "within which complaints of one person are frequent", load_default=None)
    many_days = whole(1, 3660, "within which complaints of one person are many", load_default=None)
    calendar_days = whole(0, 366, "before the end of the known calendar in which its keeper is told", load_default=None)

    objection_days = whole(1, 366, "after its publication in which a trader may object to a result", load_default=None)
    objection_answer_days = whole(1, 60, "working days in which such an objection is decided", load_default=None)
    jurisdictions = fields.List(
        fields.Nested(WhoseCases),
        load_default=None,
        validate=Length(max=2000),
        metadata={"description": "places and platforms, by which a unit is suggested at the intake"},
    )
    read_openly = flag("everybody may read what is public by Open311, without logging in", load_default=None)

    @validates("satisfied")
    def _not_the_worst(self, given: list[str], **_: Any) -> None:
        if "dissatisfied" in given:
            raise ValidationError("who is dissatisfied is not satisfied")


class JurisdictionDocument(Document):
    by = word(KNOWN_BY, required=True)
    words = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    other_bureau = fields.String(required=True)


class CaseSettingsDocument(Document):
    starts = fields.Date(
        required=True, allow_none=True, metadata={"description": "null: what holds where nothing was set"}
    )
    readings = fields.Dict(keys=fields.String(), values=fields.Nested(ReadingsDocument), required=True)
    own_limits = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    satisfied = listing(word(SATISFACTIONS))
    late_entry_days = fields.Integer(required=True)
    late_consent_days = fields.Integer(required=True)
    repeat_days = fields.Integer(required=True)
    soon_days = fields.Integer(required=True)
    warn_hours = listing(fields.Integer())
    answer_days = fields.Integer(required=True)
    quiet_from = fields.String(required=True)
    quiet_until = fields.String(required=True)
    duty_phone = fields.String(required=True)
    veto_indicator = fields.String(required=True)
    signs = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    frequent_days = fields.Integer(required=True)
    many_days = fields.Integer(required=True)
    calendar_days = fields.Integer(required=True)
    objection_days = fields.Integer(required=True)
    objection_answer_days = fields.Integer(required=True)
    jurisdictions = listing(JurisdictionDocument)
    read_openly = fields.Boolean(required=True)


class CaseSettingsInForce(Document):
    revision = fields.Integer(required=True)
    today = fields.Nested(CaseSettingsDocument, required=True)
    dated = listing(CaseSettingsDocument, "what was set, the earliest first")


class CaseCalendarDocument(Document):
    known_until = fields.Date(required=True, metadata={"description": "the last day whose working days are known"})
    provisional = fields.Integer(required=True, metadata={"description": "open cases with a date beyond it"})
    waiting = fields.Integer(required=True, metadata={"description": "cases that are still to be recounted"})


settings = Family("complaints", "case_settings", "12315参数 what the bureau decides for itself, from a day on")

get_settings = settings.get("/case-settings", "get_settings", Empty, CaseSettingsInForce, may="anyone")(
    "12315参数 what holds today and what was set from which day on"
)
put_settings = settings.put(
    "/case-settings", "put_settings", NewCaseSettings, CaseSettingsInForce, may="may_set_case_settings"
)("设定12315参数 let them hold from a day on")
show_calendar = settings.get("/case-calendar", "show_calendar", Empty, CaseCalendarDocument, may="may_see_all")(
    "日历情况 until when the working days are known, and what waits for more"
)
