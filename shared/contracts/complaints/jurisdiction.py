"""Whose case it is: suggested while an operator types, by the rule that names it. Nothing of what is typed is kept."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, listing, note, word
from shared.vocabulary.complaints import CASE_KINDS
from shared.vocabulary.jurisdiction import RULES


class WhoseCase(Command):
    kind = word(CASE_KINDS, load_default="complaint")
    trader = note(200, load_default="")
    trader_code = note(30, "the trader's 统一社会信用代码", load_default="")
    trader_address = note(300, "where the business is done", load_default="")
    platform = note(100, "on which it was bought", load_default="")


class SuggestedUnit(Document):
    unit = fields.String(required=True, allow_none=True, metadata={"description": "null: another bureau's"})
    unit_name = fields.String(required=True)
    other_bureau = fields.String(required=True, metadata={"description": "to which it would be transferred"})
    rule = word(RULES, required=True)
    zh = fields.String(required=True)
    regime = fields.String(required=True)
    article = fields.String(required=True)
    found = fields.String(required=True, metadata={"description": "the words that led to it"})


class SuggestedUnits(Document):
    items = listing(SuggestedUnit, "in the order of the rules; the operator decides")


jurisdiction = Family("complaints", "jurisdiction", "管辖提示 whose case it is, suggested by the rules")

suggest_unit = jurisdiction.post(
    "/cases/jurisdiction", "suggest_unit", WhoseCase, SuggestedUnits, may="may_look_for_similar", reads=True
)("管辖提示 which unit or bureau is competent, by platform, place of business and domicile, with the article")
