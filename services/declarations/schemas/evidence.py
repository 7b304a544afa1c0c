"""Commands on files of evidence."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, batch, code

KINDS = ("declaration", "task_order", "contribution", "temporary_work", "inquiry", "veto", "inspection", "appeal")


class ReserveEvidence(Command):
    cycle = code(required=True)
    name = fields.String(required=True, validate=validate.And(validate.Length(1, 200), validate.ContainsNoneOf("\0")))
    kind = code(required=True)
    media_type = code(required=True)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**40))
    sha256 = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))


class OneEvidence(Command):
    evidence = code(required=True)


class ForgetEvidence(Command):
    evidence = batch(code())


class AttachEvidence(Command):
    cycle = code(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    aggregate = code(required=True)
    evidence = batch(code())


class AttachedEvidence(Command):
    cycle = code(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    aggregate = code(required=True)
