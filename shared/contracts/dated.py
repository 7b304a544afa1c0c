"""A bureau's rules by day: what may be set otherwise, and from which day on. Each family adds its own words."""

from marshmallow import fields

from shared.contracts.shapes import Command, Document, day, listing, whole


class DatedValue(Document):
    starts = fields.Date(required=True)
    value = fields.Integer(required=True)


class NewDatedValue(Command):
    starts = day("from when it holds", required=True)
    value = whole(0, 10_000, required=True)


class DatedRuleDocument(Document):
    default = fields.Integer(required=True, metadata={"description": "what holds where nobody set it"})
    least = fields.Integer(required=True)
    most = fields.Integer(required=True)
    dated = listing(DatedValue)
