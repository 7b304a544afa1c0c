"""People outside: one-time tokens, and the vote that the holder of one casts without an account."""

from marshmallow import fields

from shared.contracts.declarations.campaign_documents import CampaignOutcome, CastBallots
from shared.contracts.declarations.campaigns import RATERS, OneCampaign, Votes
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, code, listing, whole


class TokenBallot(Votes, OneCampaign):
    token = code(required=True, load_only=True)


class TokenHolder(OneCampaign):
    token = code(required=True, load_only=True)


class NewTokens(OneCampaign):
    group = code(required=True)
    number = whole(1, RATERS, required=True)


class GradedSubject(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True)


class QuestionnaireDocument(Document):
    campaign = fields.String(required=True)
    title = fields.String(required=True)
    dimensions = listing(fields.String(), "none: one overall grade")
    grades = listing(fields.String())
    subjects = listing(GradedSubject)


class TokensDocument(CampaignOutcome):
    group = fields.String(required=True)
    bureau_name = fields.String(metadata={"description": "who asks: it stands on each slip"})
    tokens = listing(fields.String())
    links = listing(fields.String(), "the page to vote on, one each")


recipients = Family("declarations", "recipients", "服务对象评价 votes by one-time token")

cast_with_token = recipients.post(
    "/campaigns/<campaign>/token-ballots",
    "cast_with_token",
    TokenBallot,
    CastBallots,
    may="check_rater",
    status=201,
    mounted=False,
)("凭码投票 the vote of a service recipient, by a one-time token, without login")
read_questionnaire = recipients.post(
    "/campaigns/<campaign>/questionnaire",
    "read_questionnaire",
    TokenHolder,
    QuestionnaireDocument,
    may="check_rater",
    mounted=False,
    reads=True,
)("评价表 what the holder of a one-time token is asked; the token comes in the body, where no log keeps it")
issue_tokens = recipients.post(
    "/campaigns/<campaign>/tokens",
    "issue_tokens",
    NewTokens,
    TokensDocument,
    may="check_runs_campaigns",
    status=201,
    mounted=False,
)("加发评价码 one-time tokens and their links, shown this once")
print_tokens = recipients.post(
    "/campaigns/<campaign>/token-sheets",
    "issue_tokens",
    NewTokens,
    None,
    may="check_runs_campaigns",
    status=201,
    mounted=False,
)("打印评价码 new one-time tokens as QR codes to cut out (PDF), printed this once")
