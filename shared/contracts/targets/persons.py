"""Persons and the places they hold: 人员、任职."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    batch,
    flag,
    line_code,
    listing,
    paged,
    revision,
    sort,
    word,
)
from shared.contracts.targets.fields import code, day, text
from shared.vocabulary.organisation import PLACE_KINDS


class NewPlace(Command):
    unit = code(required=True)
    position = code(required=True)
    starts = day(required=True)


class NewPerson(NewPlace):
    person = code("also the number on the clocks", required=True)
    name = text(50, required=True)


class NewPersons(Command):
    persons = batch(NewPerson)


class PersonChange(Command):
    person = code(required=True)
    revision = revision(load_default=None, allow_none=True)


class Move(PersonChange, NewPlace):
    """Another place from a day on."""


class LastDay(PersonChange):
    last_day = day(required=True)


class Renaming(PersonChange):
    name = text(50, required=True)


class Secondment(PersonChange):
    """Within the bureau to a unit and position, or ``outside`` of it."""

    unit = code(load_default=None, allow_none=True)
    position = code(load_default=None, allow_none=True)
    outside = flag("works for somebody else, and counts nowhere meanwhile", load_default=False)
    starts = day(required=True)
    ends = day("the last day; the post is held again afterwards", load_default=None, allow_none=True)

    @validates_schema
    def somewhere(self, data: dict[str, Any], **_options: Any) -> None:
        if bool(data.get("outside")) == bool(data.get("unit") and data.get("position")):
            raise ValidationError("a unit and a position, or outside", "unit")
        if data.get("ends") and data.get("starts") and data["ends"] < data["starts"]:
            raise ValidationError("ends before it begins", "ends")


class CorrectPlace(Command):
    unit = code(load_default=None, allow_none=True)
    position = code(load_default=None, allow_none=True)
    starts = day(required=True)
    ends = day(load_default=None, allow_none=True)
    kind = word(PLACE_KINDS, load_default="post")


class Correction(PersonChange):
    assignments = batch(CorrectPlace, limit=100)
    reason = text(1000, required=True)


class PersonQuery(SearchQuery):
    q = text(100, "a part of a name or a code, or how the name is spelled: zs, zhangs", load_default=None)
    sort = sort("person", "name")
    unit = code(load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    on = day("as it was on this day", load_default=None, allow_none=True)


class PersonKey(Command):
    person = code(required=True)
    on = day("as it was on this day", load_default=None, allow_none=True)


class AssignmentDocument(Document):
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)
    kind = word(PLACE_KINDS, required=True)
    unit_name = fields.String(required=True, allow_none=True, metadata={"description": "what it was called then"})
    line_name = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)


class PersonDocument(Document):
    person = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    unit_name = fields.String(required=True, allow_none=True, metadata={"description": "what it was called then"})
    line_name = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    assignments = listing(AssignmentDocument)


persons = Family("targets", "persons", "人员 persons, the places they hold and held")
_CHANGES: dict[str, Any] = {"may": "may_manage_organisation", "if_match": "optional", "etag": True, "status": 201}

add_persons = persons.post(
    "/persons", "add_persons", NewPersons, paged(PersonDocument), may="may_manage_organisation", status=201
)("批量录入人员 up to 500 new persons with their first place, all or none")
list_persons = persons.get(
    "/persons", "list_persons", PersonQuery, paged(PersonDocument), may="anyone", asked_again=True
)("人员列表 persons, by the place they hold, today or on a day")
get_person = persons.get("/persons/<person>", "get_person", PersonKey, PersonDocument, may="anyone", etag=True)(
    "人员 one person with the places they held"
)
change_person = persons.patch(
    "/persons/<person>", "change_person", Renaming, PersonDocument, may="may_manage_organisation"
)("更名 another name; needs If-Match")
move_person = persons.post("/persons/<person>/assignments", "move_person", Move, PersonDocument, **_CHANGES)(
    "调动 another place from a date on; If-Match guards against others' changes"
)
depart_person = persons.post("/persons/<person>/departure", "depart_person", LastDay, PersonDocument, **_CHANGES)(
    "离任 the last day of the last place"
)
second_person = persons.post("/persons/<person>/secondments", "second_person", Secondment, PersonDocument, **_CHANGES)(
    "借调 to another place of the bureau for a time, or outside of it"
)
recall_person = persons.post("/persons/<person>/recall", "recall_person", LastDay, PersonDocument, **_CHANGES)(
    "结束借调 the last day of the secondment; the post is held again from the next"
)
correct_places = persons.post(
    "/persons/<person>/assignments/correct", "correct_places", Correction, PersonDocument, **_CHANGES
)("更正任职 the whole history put right, with the reason; the old one stays in the audit trail")
