"""What a bureau may set otherwise about results, each from a day on."""

from shared.contracts.dated import DatedRuleDocument, NewDatedValue
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Empty, listing, word
from shared.vocabulary.scoring import BUREAU_RULES


class NewScoringRule(NewDatedValue):
    rule = word(BUREAU_RULES, required=True)


class ScoringRule(DatedRuleDocument):
    rule = word(BUREAU_RULES, required=True)


class ScoringRules(Document):
    rules = listing(ScoringRule)


scoring_rules = Family("scoring", "scoring_rules", "公示规则 what holds about results, by day")

set_bureau_rule = scoring_rules.post(
    "/scoring-rules", "set_bureau_rule", NewScoringRule, ScoringRules, may="may_set_rules"
)("设定规则 let a rule hold from today or a later day on; what was published before keeps what held then")
list_bureau_rules = scoring_rules.get("/scoring-rules", "list_bureau_rules", Empty, ScoringRules, may="anyone")(
    "公示规则 what holds from when"
)
