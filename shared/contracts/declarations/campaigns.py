"""Campaigns of subjective evaluation and their anonymous ballots."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.campaign_documents import (
    CampaignDocument,
    CampaignOutcomes,
    CampaignWithGrades,
    CastBallots,
    OpenedCampaigns,
    ResilienceDocument,
)
from shared.contracts.declarations.lists import CycleList
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Exact,
    batch,
    code,
    flag,
    indicator_of,
    needed_text,
    note,
    paged,
    period_of,
    sort,
    whole,
    word,
)
from shared.vocabulary.campaigns import CAMPAIGN_STATES, COMBINATIONS, PLAIN

RATERS = 2000  # persons, and tokens, of one group
SIMULATED = 30


def _four_decimals(weight: Decimal) -> None:
    if weight != round(weight, 4):
        raise ValidationError("at most four decimals")


def _weight(description: str, **options: Any) -> Exact:
    """Four decimals at most, so that weighted votes stay numbers of bearable length."""
    validate = [Range(0, 1, min_inclusive=False), _four_decimals]
    return Exact(validate=validate, metadata={"description": description}, **options)


class Dimension(Command):
    dimension = code(required=True)
    weight = _weight("together 1", required=True)


class RaterGroup(Command):
    group = code(required=True)
    weight = _weight("of every group or of none; together 1", allow_none=True)
    minimum = whole(0, RATERS, "votes on a subject below which the group does not count for it")
    raters = fields.List(code(), load_default=list, validate=Length(max=RATERS), metadata={"description": "persons"})
    tokens = whole(0, RATERS, "how many one-time tokens to make", load_default=0)


class NewCampaign(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = note(load_default="")
    subjects = batch(code())
    dimensions = fields.List(
        fields.Nested(Dimension),
        load_default=list,
        validate=Length(max=20),
        metadata={"description": "none: one overall grade"},
    )
    groups = batch(RaterGroup, limit=20)
    combination = word(
        COMBINATIONS,
        "which ballots count: all, none of those that belong to a bloc beyond chance, or all but those most alike",
        load_default=PLAIN,
    )


class CampaignPlan(Command):
    raters = whole(3, SIMULATED, "who vote", required=True)
    subjects = whole(
        2,
        SIMULATED,
        "whom each of them grades; by default one another, and nobody oneself",
        load_default=None,
        allow_none=True,
    )
    seats = whole(1, SIMULATED, "the first so many that count", load_default=3)


class NewCampaigns(OneCycle):
    campaigns = batch(NewCampaign)


class ChosenCampaigns(Command):
    campaigns = batch(code())


class CampaignsTakenBack(ChosenCampaigns):
    reason = needed_text()


class OneCampaign(Command):
    campaign = code(required=True)


class Grades(fields.Field[Any]):
    """One grade, or dimension -> grade; which, the campaign says."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        given = value if isinstance(value, dict) else {"": value}
        if not 1 <= len(given) <= 20 or not all(isinstance(one, str) and len(one) <= 100 for one in given.values()):
            raise ValidationError("a grade, or a grade for each dimension")
        return value


class Votes(Command):
    votes = fields.Dict(
        keys=code(),
        values=Grades(metadata={"description": "a grade, or dimension -> grade"}),
        required=True,
        validate=Length(1, 500),
    )


class Ballot(Votes):
    campaign = code(required=True)


class Ballots(Command):
    ballots = batch(Ballot)


class CampaignQuery(CycleList):
    sort = sort("title", "indicator", "period", "status")
    to_vote = flag("those in which one has still to vote, with their subjects", load_default=False)
    status = word(CAMPAIGN_STATES)
    indicator = indicator_of()
    period = period_of()


campaigns = Family("declarations", "campaigns", "主观评估 campaigns and ballots")

open_campaigns = campaigns.post(
    "/campaigns", "open_campaigns", NewCampaigns, OpenedCampaigns, may="check_runs_campaigns", status=201, mounted=False
)("发起评估 open campaigns, all or none")
list_campaigns = campaigns.get("/campaigns", "list_campaigns", CampaignQuery, paged(CampaignDocument), may="anyone")(
    "评估列表 campaigns that one runs or takes part in, with their progress"
)
get_campaign = campaigns.get(
    "/campaigns/<campaign>", "get_campaign", OneCampaign, CampaignWithGrades, may="check_runs_campaigns"
)("评估详情 progress and, once closed, the grades of each subject")
cast_ballots = campaigns.post(
    "/campaigns/ballots", "cast_ballots", Ballots, CastBallots, may="check_votes_as", status=201, mounted=False
)("投票 all one's votes of several campaigns; anonymous, once each")
take_back_campaigns = campaigns.post(
    "/campaigns/take-back", "take_back_campaigns", CampaignsTakenBack, CampaignOutcomes, may="check_runs_campaigns"
)("撤回发起 campaigns that one opened oneself, with a reason, before the first ballot")
close_campaigns = campaigns.post(
    "/campaigns/close", "close_campaigns", ChosenCampaigns, CampaignOutcomes, may="check_runs_campaigns"
)("结束评估 close campaigns and count")
simulate_campaign = campaigns.get(
    "/campaigns/simulation",
    "simulate_campaign",
    CampaignPlan,
    ResilienceDocument,
    may="check_runs_campaigns",
    seconds=60,
)(
    "串通试算 before a campaign is opened: how many of the first seats colluders would take, and how many of them it withstands"
)
