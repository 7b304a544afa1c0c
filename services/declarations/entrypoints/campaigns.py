"""Campaigns of subjective evaluation at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import campaigns as ballots_in
from services.declarations.usecases.campaigns import ballots, calibrate, closing
from services.declarations.usecases.campaigns import opening as campaigns
from services.declarations.usecases.campaigns import reading as read_campaigns
from shared.actor import Actor
from shared.service import rpc


class CampaignEntrypoints(Answering):
    @rpc
    def open_campaigns(self, actor: Actor, body: Body) -> Body:
        return self._answer(campaigns.open_campaigns, actor, ballots_in.OpenCampaigns, body)

    @rpc
    def close_campaigns(self, actor: Actor, body: Body) -> Body:
        return self._answer(closing.close_campaigns, actor, ballots_in.CloseCampaigns, body)

    @rpc
    def cast_ballots(self, actor: Actor, body: Body) -> Body:
        return self._answer(ballots.cast_ballots, actor, ballots_in.CastBallots, body)

    @rpc
    def cast_with_token(self, actor: Actor, body: Body) -> Body:
        return self._answer(ballots.cast_with_token, actor, ballots_in.TokenBallot, body)

    @rpc
    def issue_tokens(self, actor: Actor, body: Body) -> Body:
        return self._answer(campaigns.issue_tokens, actor, ballots_in.NewTokens, body)

    @rpc
    def read_questionnaire(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_campaigns.read_questionnaire, actor, ballots_in.TokenHolder, body)

    @rpc
    def list_campaigns(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_campaigns.list_campaigns, actor, ballots_in.CampaignQuery, body)

    @rpc
    def get_campaign(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_campaigns.get_campaign, actor, ballots_in.OneCampaign, body)

    @rpc
    def calibrate_campaign(self, actor: Actor, body: Body) -> Body:
        return self._answer(calibrate.calibrate_campaign, actor, ballots_in.OneCampaign, body)
