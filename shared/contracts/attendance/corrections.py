"""Explanations of forgotten punches (补签)."""

from marshmallow import fields

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, day, flag, instant, note, paged, text, word
from shared.vocabulary.attendance import CORRECTION_STATES, POINTS


class NewCorrection(Command):
    person = text(20, required=True)
    day = day(required=True)
    point = word(POINTS, required=True)
    reason = text(500, required=True)
    at = instant("when it reached the office; HR only, now where absent", load_default=None, allow_none=True)


class NewCorrections(Command):
    corrections = batch(NewCorrection)


class OneCorrection(Command):
    person = text(20, required=True)
    day = day(required=True)
    point = word(POINTS, required=True)


class CorrectionDecision(OneCorrection):
    approve = flag(required=True)
    reason = note(500, load_default="")


class CorrectionDecisions(Command):
    corrections = batch(CorrectionDecision)


class WithdrawnCorrections(Command):
    corrections = batch(OneCorrection)


class CorrectionQuery(PeopleQuery):
    status = word(CORRECTION_STATES, load_default=None)


class SettledCorrections(Document):
    settled = fields.Integer(required=True)


class FiledCorrections(Document):
    filed = fields.Integer(required=True)


class CorrectionDocument(NamedDocument):
    person = fields.String(required=True)
    day = fields.Date(required=True)
    point = word(POINTS, required=True)
    reason = fields.String(required=True)
    filed_at = fields.AwareDateTime(required=True)
    filed_by = fields.String(required=True)
    status = word(CORRECTION_STATES, required=True)
    decided_by = fields.String(required=True)


corrections = Family("attendance", "corrections", "补签 explanations of forgotten punches")

file_corrections = corrections.post(
    "/corrections", "file_corrections", NewCorrections, FiledCorrections, may="may_correct", status=201
)("补签 explain missed points in time; one's own wait for approval")
list_corrections = corrections.get(
    "/corrections", "list_corrections", CorrectionQuery, paged(CorrectionDocument), may="anyone"
)("补签列表 explanations of whom one may see")
decide_corrections = corrections.post(
    "/corrections/decide", "decide_corrections", CorrectionDecisions, SettledCorrections, may="may_approve_leave"
)("审批补签 approve or refuse explanations, all or none")
withdraw_corrections = corrections.post(
    "/corrections/withdraw", "withdraw_corrections", WithdrawnCorrections, SettledCorrections, may="may_correct"
)("撤回补签 take explanations back, all or none")
