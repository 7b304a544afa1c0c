"""Campaigns of subjective evaluation: what the contract mounts, and ballots, of which the gateway keeps no trace."""

from typing import Any

from gateway.api.core import leaves_no_trace, shown_once
from gateway.mounting import mounted, taken, view
from gateway.rpc import ask
from shared.contracts.declarations import campaigns as contract
from shared.contracts.declarations.campaign_documents import CampaignOutcomes, CastBallots

campaigns = mounted(contract.campaigns)


@view(campaigns, contract.open_campaigns)
@shown_once
def open_campaigns(command: dict[str, Any]) -> dict[str, Any]:
    return ask(contract.open_campaigns, taken(contract.open_campaigns, command, {}))


@view(campaigns, contract.cast_ballots)
@leaves_no_trace
def cast_ballots(command: dict[str, Any]) -> dict[str, Any]:
    return ask(contract.cast_ballots, taken(contract.cast_ballots, command, {}))


@campaigns.route("/campaigns/<campaign>/ballots", methods=["POST"])
@campaigns.arguments(contract.Votes)
@campaigns.response(201, CastBallots)
@leaves_no_trace
def cast_ballot(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """投票 all one's votes of a campaign; anonymous, once"""
    return ask(contract.cast_ballots, {"ballots": [{**command, "campaign": campaign}]})


@campaigns.route("/campaigns/<campaign>/close", methods=["POST"])
@campaigns.response(200, CampaignOutcomes)
def close_campaign(campaign: str) -> dict[str, Any]:
    """结束评估 close one campaign and count"""
    return ask(contract.close_campaigns, {"campaigns": [campaign]})
