"""Meetings and study sessions."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.attendance.lists import PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, flag, instant, listing, paged, text, word
from shared.vocabulary.attendance import GATHERING_KINDS, GATHERING_STATES

_LONGEST = 24 * 3600  # seconds


class NewGathering(Command):
    kind = word(GATHERING_KINDS, required=True)
    name = text(200, required=True)
    opens_at = instant("from when a punch signs in", required=True)
    closes_at = instant(required=True)
    persons = fields.List(text(20), load_default=list, validate=Length(max=5000))
    units = fields.List(text(20), load_default=list, validate=Length(max=500))
    everyone = flag(load_default=False)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a window that closes before it opens or stays open for more than a day."""
        if not 0 < (data["closes_at"] - data["opens_at"]).total_seconds() <= _LONGEST:
            raise ValidationError("closes after it opens, within a day", "closes_at")


class NewGatherings(Command):
    gatherings = batch(NewGathering)


class OneGathering(Command):
    gathering = fields.UUID(required=True)


class GatheringQuery(PeopleQuery):
    """``person``, ``unit``: whom they expect, or somebody of that unit; ``q``: a part of their name."""

    kind = word(GATHERING_KINDS, load_default=None)
    status = word(GATHERING_STATES, load_default=None)


class CalledGathering(Document):
    gathering = fields.String(required=True)
    expected = fields.Integer(required=True, metadata={"description": "persons"})


class CalledGatherings(Document):
    gatherings = listing(CalledGathering, "in the order given")


class GatheringStatus(Document):
    gathering = fields.String(required=True)
    status = word(GATHERING_STATES, required=True)
    revision = fields.Integer(required=True)


class GatheringDocument(Document):
    gathering = fields.String(required=True)
    kind = word(GATHERING_KINDS, required=True)
    name = fields.String(required=True)
    opens_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    persons = listing(fields.String(), "who is expected")
    person_names = listing(fields.String(allow_none=True), "of whom is expected, in the same order", required=False)
    status = word(GATHERING_STATES, required=True)
    revision = fields.Integer(required=True)


gatherings = Family("attendance", "gatherings", "会议学习 meetings and study sessions")

call_gatherings = gatherings.post(
    "/gatherings", "call_gatherings", NewGatherings, CalledGatherings, may="may_call_gatherings", status=201
)("召集会议学习 call meetings and study sessions")
list_gatherings = gatherings.get(
    "/gatherings", "list_gatherings", GatheringQuery, paged(GatheringDocument), may="anyone"
)("会议学习列表 meetings and study sessions")
withdraw_gathering = gatherings.post(
    "/gatherings/<gathering>/withdraw", "withdraw_gathering", OneGathering, GatheringStatus, may="may_call_gatherings"
)("取消会议学习 call a gathering off")
