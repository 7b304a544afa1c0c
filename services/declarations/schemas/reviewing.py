"""Commands and queries around the way of a declaration: timetable, late consents, lateness, delegations, clearing, notices."""

from marshmallow import fields, validate

from services.declarations.domain.deadlines import FREQUENCIES
from services.declarations.schemas.fields import LIMIT, Command, PageQuery, batch, code, needed_text, revision, text


def days(low: int = 0) -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, validate=validate.Range(low, 366))


class Rule(Command):
    frequency = fields.String(required=True, validate=validate.OneOf(FREQUENCIES))
    since = fields.Date()
    declare = days()
    verify = days()
    assess = days()
    correct = days(1)
    remind = days()
    escalate = days(1)


class SetTimetable(Command):
    cycle = code(required=True)
    rules = batch(Rule)


class LateItem(Command):
    subject = code()
    period = code(required=True)
    indicator = code(required=True)


class AskConsents(Command):
    cycle = code(required=True)
    reason = needed_text()
    items = batch(LateItem)


class ChosenConsent(Command):
    consent = code(required=True)
    revision = revision()


class AnswerConsents(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["grant", "refuse"]))
    reason = needed_text()
    until = fields.Date()
    consents = batch(ChosenConsent)


class LatenessQuery(PageQuery):
    person = code()
    unit = code()
    step = code()
    period = code()


class Delegate(Command):
    principal = code()
    delegate = code(required=True)
    role = code(required=True)
    target = code(allow_none=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    reason = needed_text()


class EndDelegation(Command):
    delegation = code(required=True)
    revision = revision()


class DelegationQuery(Command):
    active = fields.Boolean(load_default=False)
    after = text()
    limit = fields.Integer(load_default=100, validate=validate.Range(1, LIMIT))


class NoticeQuery(Command):
    unread = fields.Boolean(load_default=False)
    before = code()
    limit = fields.Integer(load_default=100, validate=validate.Range(1, LIMIT))


class ReadNotices(Command):
    notices = batch(code())
