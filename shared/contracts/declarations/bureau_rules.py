"""What a bureau may set otherwise about declaring and deciding, each from a day on."""

from marshmallow import fields

from shared.contracts.dated import DatedRuleDocument, NewDatedValue
from shared.contracts.declarations.asking import OneCycle
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Empty, Exact, batch, code, listing, word
from shared.vocabulary.declarations import BUREAU_RULES


class NewDeclarationRule(NewDatedValue):
    rule = word(BUREAU_RULES, required=True)


class DeclarationRule(DatedRuleDocument):
    rule = word(BUREAU_RULES, required=True)


class DeclarationRules(Document):
    rules = listing(DeclarationRule)


class PlausibleBound(Command):
    indicator = code(required=True)
    confirm_above = Exact(required=True, metadata={"description": "above it the declarer confirms the quantity"})
    refuse_above = Exact(required=True, metadata={"description": "above it no quantity is taken, whoever tells it"})


class NewBounds(OneCycle):
    bounds = batch(PlausibleBound)


class BoundDocument(Document):
    indicator = fields.String(required=True)
    confirm_above = Exact(required=True)
    refuse_above = Exact(required=True)


class BoundsDocument(Document):
    bounds = listing(BoundDocument)


declaration_rules = Family(
    "declarations", "declaration_rules", "申报规则 what holds about declaring and deciding, by day"
)

set_bureau_rule = declaration_rules.post(
    "/declaration-rules", "set_bureau_rule", NewDeclarationRule, DeclarationRules, may="check_sets_rules"
)("设定规则 let a rule hold from today or a later day on; what was decided before keeps what held then")
list_bureau_rules = declaration_rules.get(
    "/declaration-rules", "list_bureau_rules", Empty, DeclarationRules, may="anyone"
)("申报规则 what holds from when")
set_plausible_bounds = declaration_rules.put(
    "/declaration-bounds", "set_plausible_bounds", NewBounds, BoundsDocument, may="check_sets_rules"
)("数量界限 above which quantities of an item are confirmed, and above which they are refused")
list_plausible_bounds = declaration_rules.get(
    "/declaration-bounds", "list_plausible_bounds", OneCycle, BoundsDocument, may="anyone"
)("数量界限 of a year's items; others: 1,000 or ten times the target is confirmed, a million refused")
