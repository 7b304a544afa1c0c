"""Explanations of forgotten punches (补签)."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, batch, day, instant, paged, text, word
from shared.vocabulary.attendance import POINTS


class NewCorrection(Command):
    person = text(20, required=True)
    day = day(required=True)
    point = word(POINTS, required=True)
    reason = text(500, required=True)
    at = instant("when it reached the office; HR only, now where absent", load_default=None, allow_none=True)


class NewCorrections(Command):
    corrections = batch(NewCorrection)


class FiledCorrections(Document):
    filed = fields.Integer(required=True)


class CorrectionDocument(Document):
    person = fields.String(required=True)
    day = fields.Date(required=True)
    point = word(POINTS, required=True)
    reason = fields.String(required=True)
    filed_at = fields.AwareDateTime(required=True)
    filed_by = fields.String(required=True)


corrections = Family("attendance", "corrections", "补签 explanations of forgotten punches")

file_corrections = corrections.post(
    "/corrections",
    "file_corrections",
    NewCorrections,
    FiledCorrections,
    "补签 explain forgotten punches within three working days",
    may="may_correct",
    status=201,
)
list_corrections = corrections.get(
    "/corrections",
    "list_corrections",
    PageQuery,
    paged(CorrectionDocument),
    "补签列表 explanations of whom one may see",
    may="anyone",
)
