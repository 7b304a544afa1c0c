"""Contributions: declared, screened, given opinions, settled by the panel."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Range

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.contribution_documents import (
    ContributionDocument,
    ContributionOutcomes,
    ContributionWithSteps,
    OpinionOutcomes,
)
from shared.contracts.declarations.lists import Batched, CycleList, waiting_for
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Exact,
    batch,
    code,
    counts,
    described,
    flag,
    indicator_of,
    needed_text,
    note,
    paged,
    period_of,
    revision,
    sort,
    word,
)
from shared.vocabulary.contributions import CONTRIBUTION_STATES, CONTRIBUTION_WAITING

PARTNERS = 50  # people in one achievement


class Share(Command):
    subject = code(required=True)
    share = Exact(
        required=True,
        validate=Range(0, 10**6),
        metadata={"description": "in proportion to the others': 1 and 2, or 0.5 and 0.5"},
    )


def _shares(description: str, **options: Any) -> fields.List[Any]:
    return fields.List(fields.Nested(Share), validate=Length(max=PARTNERS), **described(description, options))


class NewContribution(Command):
    contribution = code("a returned one that is put forward again")
    revision = revision()
    subject = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    effect = needed_text()
    proof = needed_text()
    evidence = evidence_lines()
    shares = _shares("of an achievement of several, the subject's own among them", load_default=list)
    level = code("a key of the indicator's `per`, where it has some", allow_none=True)


class NewContributions(OneCycle):
    contributions = batch(NewContribution)


class ChosenContribution(Command):
    contribution = code(required=True)
    revision = revision()


class Screening(OneCycle, Batched):
    decision = word(("pass", "return"), required=True)
    reason = note(load_default="")
    contributions = batch(ChosenContribution)


class ChosenContributions(OneCycle, Batched):
    contributions = batch(ChosenContribution)


class ContributionsTakenBack(ChosenContributions):
    reason = note(description="needed of a settlement and a rejection", load_default="")


class NewOpinion(Command):
    contribution = code(required=True)
    agree = flag(allow_none=True)
    recused = flag("instead of an opinion, with a note: counts in no quorum", load_default=False)
    note = note(load_default="")


class NewOpinions(OneCycle, Batched):
    opinions = batch(NewOpinion)


class SettledContribution(ChosenContribution):
    counts = counts("what stands; by default what was claimed", allow_none=True)
    shares = _shares("the panel's own, where not everybody agreed to those proposed", allow_none=True)


class Settlement(OneCycle, Batched):
    decision = word(("settle", "reject"), required=True)
    reason = note(load_default="")
    contributions = batch(SettledContribution)


class ShareAnswer(ChosenContribution):
    subject = code("the partner", required=True)
    agree = flag(required=True)
    note = note(load_default="")


class ShareAnswers(OneCycle, Batched):
    contributions = batch(ShareAnswer)


class ContributionQuery(CycleList):
    waiting = waiting_for(CONTRIBUTION_WAITING)
    sort = sort("subject", "indicator", "period", "status")
    period = period_of()
    unit = code()
    status = word(CONTRIBUTION_STATES)
    subject = code()
    indicator = indicator_of()


class OneContribution(OneCycle):
    contribution = code(required=True)


contributions = Family("declarations", "contributions", "贡献 contributions")

declare_contributions = contributions.post(
    "/contributions",
    "declare_contributions",
    NewContributions,
    ContributionOutcomes,
    may="check_answers_for",
    status=201,
)("贡献申报 declare contributions, all or none")
list_contributions = contributions.get(
    "/contributions", "list_contributions", ContributionQuery, paged(ContributionDocument), may="anyone"
)("贡献列表 contributions that one may see; `same_as` points out what was declared twice")
get_contribution = contributions.get(
    "/contributions/<contribution>", "get_contribution", OneContribution, ContributionWithSteps, may="anyone"
)("一项贡献 one contribution with its steps")
screen_contributions = contributions.post(
    "/contributions/screen", "screen_contributions", Screening, ContributionOutcomes, may="check_screens"
)("初审 the head passes or returns a list")
withdraw_contributions = contributions.post(
    "/contributions/withdraw",
    "withdraw_contributions",
    ChosenContributions,
    ContributionOutcomes,
    may="check_answers_for",
)("撤回贡献申报 before anybody has screened them")
take_back_screenings = contributions.post(
    "/contributions/take-back",
    "take_back_screenings",
    ContributionsTakenBack,
    ContributionOutcomes,
    may="check_takes_back_step",
)(
    "撤回初审、核定 one's own screenings before the panel's first opinion, one's own settlements before anybody has built on them"
)
answer_shares = contributions.post(
    "/contributions/shares", "answer_shares", ShareAnswers, ContributionOutcomes, may="check_answers_for"
)("合作者答复 partners agree to their shares, or object")
give_opinions = contributions.post(
    "/contributions/opinions", "give_opinions", NewOpinions, OpinionOutcomes, may="check_panel", status=201
)("小组意见 a member's opinions, one on each")
settle_contributions = contributions.post(
    "/contributions/settle", "settle_contributions", Settlement, ContributionOutcomes, may="check_panel"
)("核定 the panel settles or rejects a list")
