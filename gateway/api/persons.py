"""Persons and the places they hold: 人员、任职."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, etag, if_match, paged, text
from gateway.rpc import call

persons = blueprint("persons", "人员 persons, the places they hold and held")


class PlaceBody(Command):
    unit = text(20, required=True)
    position = text(20, required=True)
    starts = fields.Date(required=True)


class NewPerson(PlaceBody):
    person = text(20, required=True, metadata={"description": "code, also the number on the clocks"})
    name = text(50, required=True)


class NewPersons(Command):
    persons = batch(NewPerson)


class Departure(Command):
    last_day = fields.Date(required=True)


class PersonQuery(PageQuery):
    unit = text(20)
    line = text(40)
    on = fields.Date(metadata={"description": "as it was on this day"})


class OnQuery(Command):
    on = fields.Date(metadata={"description": "as it was on this day"})


class NameBody(Command):
    name = text(50, required=True)


class SecondmentBody(Command):
    unit = text(20)
    position = text(20)
    outside = fields.Boolean(metadata={"description": "works for somebody else, and counts nowhere meanwhile"})
    starts = fields.Date(required=True)
    ends = fields.Date(allow_none=True, metadata={"description": "the last day; the post is held again afterwards"})


class CorrectPlace(Command):
    unit = text(20)
    position = text(20)
    starts = fields.Date(required=True)
    ends = fields.Date(allow_none=True)
    kind = text(20, metadata={"description": "post (the default), secondment, outside"})


class Correction(Command):
    assignments = batch(CorrectPlace, limit=100)
    reason = text(1000, required=True)


class PlaceQuery(PageQuery):
    on = fields.Date(metadata={"description": "a day; today where absent"})
    since = fields.Date(metadata={"description": "or every place held from this day"})
    until = fields.Date(metadata={"description": "to this one"})
    unit = text(20)
    line = text(40)
    person = text(20)
    kind = text(20)


class HeldPlace(Document):
    person = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True, metadata={"description": "what it was called then"})
    line = fields.String(required=True)
    position = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    head = fields.Boolean(required=True)
    kind = fields.String(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)
    days = fields.Integer(required=True, metadata={"description": "of the place within the span asked for"})


class AssignmentDocument(Document):
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)
    kind = fields.String(required=True, metadata={"description": "post, secondment, outside"})


class PersonDocument(Document):
    person = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    assignments = fields.List(fields.Nested(AssignmentDocument), required=True)


@persons.route("/persons", methods=["POST"])
@persons.arguments(NewPersons)
@persons.response(201, paged(PersonDocument))
def add_persons(command: dict[str, Any]) -> dict[str, Any]:
    """批量录入人员 up to 500 new persons with their first place, all or none"""
    return call("targets", "add_persons", command)


@persons.route("/persons")
@persons.arguments(PersonQuery, location="query")
@persons.response(200, paged(PersonDocument))
def list_persons(query: dict[str, Any]) -> dict[str, Any]:
    """人员列表 persons, by the place they hold, today or on a day"""
    return call("targets", "list_persons", query, read=True)


@persons.route("/places")
@persons.arguments(PlaceQuery, location="query")
@persons.response(200, paged(HeldPlace))
def list_places(query: dict[str, Any]) -> dict[str, Any]:
    """谁在何处 who was where on a day, or from one day to another"""
    return call("targets", "list_places", query, read=True)


@persons.route("/persons/<person>")
@persons.arguments(OnQuery, location="query")
@persons.response(200, PersonDocument)
def get_person(query: dict[str, Any], person: str) -> Any:
    """人员 one person with the places they held"""
    return etag(call("targets", "get_person", {**query, "person": person}, read=True))


@persons.route("/persons/<person>", methods=["PATCH"])
@persons.arguments(NameBody)
@persons.response(200, PersonDocument)
def change_person(command: dict[str, Any], person: str) -> Any:
    """更名 another name; needs If-Match"""
    return etag(call("targets", "change_person", {**command, "person": person, "revision": if_match()}))


@persons.route("/persons/<person>/assignments", methods=["POST"])
@persons.arguments(PlaceBody)
@persons.response(201, PersonDocument)
def move_person(command: dict[str, Any], person: str) -> Any:
    """调动 another place from a date on; If-Match guards against others' changes"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "move_person", body), 201)


@persons.route("/persons/<person>/departure", methods=["POST"])
@persons.arguments(Departure)
@persons.response(201, PersonDocument)
def depart_person(command: dict[str, Any], person: str) -> Any:
    """离任 the last day of the last place"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "depart_person", body), 201)


@persons.route("/persons/<person>/secondments", methods=["POST"])
@persons.arguments(SecondmentBody)
@persons.response(201, PersonDocument)
def second_person(command: dict[str, Any], person: str) -> Any:
    """借调 to another place of the bureau for a time, or outside of it"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "second_person", body), 201)


@persons.route("/persons/<person>/recall", methods=["POST"])
@persons.arguments(Departure)
@persons.response(201, PersonDocument)
def recall_person(command: dict[str, Any], person: str) -> Any:
    """结束借调 the last day of the secondment; the post is held again from the next"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "recall_person", body), 201)


@persons.route("/persons/<person>/assignments/correct", methods=["POST"])
@persons.arguments(Correction)
@persons.response(201, PersonDocument)
def correct_places(command: dict[str, Any], person: str) -> Any:
    """更正任职 the whole history put right, with the reason; the old one stays in the audit trail"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "correct_places", body), 201)
