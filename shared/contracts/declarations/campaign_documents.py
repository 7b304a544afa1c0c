"""What campaigns answer."""

from marshmallow import fields

from shared.contracts.declarations.names import name_of
from shared.contracts.shapes import (
    Document,
    Exact,
    counts,
    listing,
    word,
)
from shared.vocabulary.campaigns import CAMPAIGN_STATES, COMBINATIONS
from shared.vocabulary.organisation import LAYERS


class DimensionDocument(Document):
    dimension = fields.String(required=True)
    weight = Exact(required=True)


class GroupRule(Document):
    group = fields.String(required=True)
    weight = Exact(required=True, allow_none=True)
    minimum = fields.Integer(required=True)


class CampaignOutcome(Document):
    campaign = fields.String(required=True)
    revision = fields.Integer(required=True)
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    title = fields.String(required=True)
    status = word(CAMPAIGN_STATES, required=True)
    dimensions = listing(DimensionDocument, "none: one overall grade")
    combination = word(COMBINATIONS, required=True)


class OpenedCampaign(CampaignOutcome):
    tokens = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        metadata={"description": "group -> its one-time tokens; shown this once"},
    )


class OpenedCampaigns(Document):
    campaigns = listing(OpenedCampaign)


class CampaignOutcomes(Document):
    campaigns = listing(CampaignOutcome)


class GroupProgress(Document):
    group = fields.String(required=True)
    raters = fields.Integer(required=True)
    voted = fields.Integer(required=True)


class CampaignDocument(CampaignOutcome):
    created_by = fields.String(required=True)
    created_by_name = name_of()
    indicator_name = name_of(nullable=True)
    groups = listing(GroupProgress)
    subjects = listing(fields.String(), "filled where one is to vote")
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "subject -> name, of these subjects"},
    )


class GroupVotes(Document):
    group = fields.String(required=True)
    counts = counts("null where too few to be shown apart", required=True, allow_none=True)


class SubjectGrades(Document):
    subject = fields.String(required=True)
    subject_name = name_of()
    layer = word(LAYERS, required=True)
    told = fields.Boolean(
        required=True,
        metadata={"description": "false: fewer than three voted in an evaluation of this item, nothing is told"},
    )
    counts = counts("grade -> votes, on one scale where weighted; empty until closed", required=True)
    votes = fields.Integer(required=True, metadata={"description": "ballots that count"})
    left_out = listing(fields.String(), "groups under their minimum")
    adjusted = Exact(
        required=True, allow_none=True, metadata={"description": "mean coefficient, adjusted for the raters' severity"}
    )
    groups = listing(GroupVotes, "votes by group")


class CampaignWithGrades(CampaignOutcome):
    created_by = fields.String(required=True)
    created_by_name = name_of()
    indicator_name = name_of(nullable=True)
    rules = listing(GroupRule)
    groups = listing(GroupProgress)
    evaluations = listing(SubjectGrades)


class CastBallots(Document):
    campaigns = listing(fields.String())


class SeatsTaken(Document):
    """Of the first seats, on the average."""

    plain = Exact(required=True, metadata={"description": "all ballots count"})
    robust = Exact(required=True, metadata={"description": "none of a bloc counts"})
    trimmed = Exact(required=True, metadata={"description": "all count but those most alike"})


class Colluding(Document):
    colluders = fields.Integer(required=True)
    chance = Exact(required=True, metadata={"description": "seats that as many would have without colluding"})
    open = fields.Nested(
        SeatsTaken, required=True, metadata={"description": "they give theirs the best grade, all others the worst"}
    )
    quiet = fields.Nested(
        SeatsTaken,
        required=True,
        metadata={"description": "they give theirs the best grade, all others one below their own opinion"},
    )


class Withstood(Document):
    plain = fields.Integer(required=True)
    robust = fields.Integer(required=True)
    trimmed = fields.Integer(required=True)


class WithstoodAttacks(Document):
    open = fields.Nested(Withstood, required=True)
    quiet = fields.Nested(Withstood, required=True)


class ResilienceDocument(Document):
    raters = fields.Integer(required=True)
    subjects = fields.Integer(required=True, allow_none=True, metadata={"description": "null: one another"})
    seats = fields.Integer(required=True)
    draws = fields.Integer(required=True)
    withstands = fields.Nested(
        WithstoodAttacks,
        required=True,
        metadata={"description": "colluders who take at most half a seat more than chance gives"},
    )
    items = listing(Colluding)
