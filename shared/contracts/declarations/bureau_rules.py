"""What a bureau may set otherwise about declaring and deciding, each from a day on."""

from shared.contracts.dated import DatedRuleDocument, NewDatedValue
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Empty, listing, word
from shared.vocabulary.declarations import BUREAU_RULES


class NewDeclarationRule(NewDatedValue):
    rule = word(BUREAU_RULES, required=True)


class DeclarationRule(DatedRuleDocument):
    rule = word(BUREAU_RULES, required=True)


class DeclarationRules(Document):
    rules = listing(DeclarationRule)


declaration_rules = Family(
    "declarations", "declaration_rules", "申报规则 what holds about declaring and deciding, by day"
)

set_bureau_rule = declaration_rules.post(
    "/declaration-rules", "set_bureau_rule", NewDeclarationRule, DeclarationRules, may="check_sets_rules"
)("设定规则 let a rule hold from today or a later day on; what was decided before keeps what held then")
list_bureau_rules = declaration_rules.get(
    "/declaration-rules", "list_bureau_rules", Empty, DeclarationRules, may="anyone"
)("申报规则 what holds from when")
