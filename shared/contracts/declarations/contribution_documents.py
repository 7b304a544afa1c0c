"""What contributions answer."""

from marshmallow import fields

from shared.contracts.declarations.lists import Choices, Outcomes, may_take
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.declarations.steps import FIRST_FIRST, StepDocument
from shared.contracts.shapes import (
    Document,
    Exact,
    counts,
    listing,
    word,
)
from shared.vocabulary.contributions import CONTRIBUTION_CHOICES, CONTRIBUTION_STATES, CONTRIBUTION_STEPS
from shared.vocabulary.organisation import LAYERS


class ShareDocument(Document):
    subject = fields.String(required=True)
    unit = fields.String(required=True)
    layer = word(LAYERS, required=True)
    share = Exact(required=True)
    proposed = Exact(metadata={"description": "once it is settled: the share as it had been proposed"})
    agreed = fields.Boolean(required=True, allow_none=True, metadata={"description": "null: has not answered yet"})
    note = fields.String(required=True)


class SimilarContribution(Document):
    contribution = fields.String(required=True)
    cycle = fields.String(required=True)
    period = fields.String(required=True)
    subject = fields.String(required=True)
    status = word(CONTRIBUTION_STATES, required=True)
    title = fields.String(required=True)
    likeness = fields.Integer(required=True, metadata={"description": "percent"})


class ContributionOutcome(Document):
    contribution = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = word(CONTRIBUTION_STATES, required=True)
    title = fields.String(required=True)
    shares = listing(ShareDocument, "none: the subject's alone")
    part_of = fields.String(
        required=True, allow_none=True, metadata={"description": "of a partner's part: where it was declared"}
    )
    same_as = listing(SimilarContribution, "same or similar titles")
    claimed = counts(required=True)
    counts = counts("empty until settled", required=True)


class ContributionOutcomes(Outcomes):
    contributions = listing(ContributionOutcome)


class OpinionDocument(Document):
    member = fields.String(required=True)
    agree = fields.Boolean(required=True, metadata={"description": "of no meaning where recused"})
    recused = fields.Boolean(required=True)
    note = fields.String(required=True)


class OpinionOutcome(OpinionDocument):
    contribution = fields.String(required=True)


class OpinionOutcomes(Outcomes):
    opinions = listing(OpinionOutcome)


class ContributionDocument(ContributionOutcome, ItemNames, Choices):
    may = may_take(CONTRIBUTION_CHOICES)
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    effect = fields.String(required=True)
    proof = fields.String(required=True)
    reason = fields.String(required=True)
    declared_by = fields.String(required=True)
    declared_by_name = name_of()
    screened_by = fields.String(required=True, allow_none=True)
    screened_by_name = name_of(nullable=True)
    settled_by = fields.String(required=True, allow_none=True)
    settled_by_name = name_of(nullable=True)
    evidence = listing(fields.String())
    worth = Exact(required=True, metadata={"description": "points of this one by the rule"})
    year = Exact(required=True, metadata={"description": "points of all that is settled for its subject and item"})
    cap = Exact(required=True, metadata={"description": "the most that the item gives in the year"})
    opinions = listing(OpinionDocument, "for the panel")


class ContributionStep(StepDocument):
    step = word(CONTRIBUTION_STEPS, required=True)


class ContributionWithSteps(ContributionDocument):
    steps = listing(ContributionStep, FIRST_FIRST)
