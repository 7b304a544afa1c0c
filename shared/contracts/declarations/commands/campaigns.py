"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import Any, NotRequired, TypedDict


class Ballot(TypedDict):
    campaign: str
    votes: dict[str, Any]


class Ballots(TypedDict):
    ballots: list[Ballot]


class CampaignPlan(TypedDict):
    raters: int
    seats: int
    subjects: int | None


class CampaignQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: NotRequired[str]
    limit: int
    period: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    to_vote: bool
    total: bool


class CampaignsTakenBack(TypedDict):
    campaigns: list[str]
    reason: str


class ChosenCampaigns(TypedDict):
    campaigns: list[str]


class Dimension(TypedDict):
    dimension: str
    weight: Decimal


class RaterGroup(TypedDict):
    group: str
    minimum: NotRequired[int]
    raters: list[str]
    tokens: int
    weight: NotRequired[Decimal | None]


class NewCampaign(TypedDict):
    combination: str
    dimensions: list[Dimension]
    groups: list[RaterGroup]
    indicator: str
    period: str
    subjects: list[str]
    title: str


class NewCampaigns(TypedDict):
    campaigns: list[NewCampaign]
    cycle: str


class OneCampaign(TypedDict):
    campaign: str
