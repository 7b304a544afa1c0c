"""A campaign of subjective evaluation: who is graded, by whom, on what; and what a ballot has to be."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import rules
from services.declarations.domain.questionnaires import OVERALL, Questionnaire, Tally, Votes, by_dimension
from services.declarations.domain.words import Counts
from shared.vocabulary.campaigns import CAMPAIGN_STATES, PLAIN
from shared.vocabulary.refusals import Refusal, Refused, conflict, forbidden, invalid
from shared.vocabulary.states import States

STATES = States(
    "campaign",
    "评估",
    {
        "open": {None: "open"},
        "vote": {"open": "open"},
        "close": {"open": "closed"},
        "take_back": {"open": "withdrawn"},  # by whoever opened it, before the first ballot
    },
    CAMPAIGN_STATES,
)


@dataclass(frozen=True)
class Campaign:
    bureau: str
    cycle: str
    campaign: str
    revision: int
    indicator: str
    period: str
    title: str
    status: str
    dimensions: list[dict[str, str]]  # {"dimension", "weight"}; none: one overall grade
    groups: list[dict[str, object]]  # {"group", "weight" or None, "minimum"}
    created_by: str
    combination: str = PLAIN  # which ballots count (shared/vocabulary/campaigns.py)

    @property
    def questionnaire(self) -> Questionnaire:
        return Questionnaire.of(self.dimensions, self.groups)

    def closed(self) -> "Campaign":
        return replace(self, status=STATES.after("close", self.status), revision=self.revision + 1)

    def withdrawn(self, voted: int) -> "Campaign":
        """Take the opening back, as long as nobody of ``voted`` has cast a ballot: a second round would tell by the difference."""
        status = STATES.after("take_back", self.status)
        if voted:
            zh, en = "已有人投票，不能撤回，只能结束", "ballots were cast: it is closed, not taken back"
            raise conflict("campaign.begun", zh, en)
        return replace(self, status=status, revision=self.revision + 1)


@dataclass(frozen=True)
class Evaluation:
    """One subject's place in a campaign; ``counts`` are empty until it is closed."""

    bureau: str
    cycle: str
    campaign: str
    subject: str
    revision: int
    indicator: str
    layer: str
    period: str
    status: str
    counts: Counts  # grade -> votes, weighted where the campaign has weights
    votes: int  # ballots that count
    left_out: list[str]  # groups under their minimum, whose weight the others share
    adjusted: Decimal | None  # mean coefficient as a rater of mean severity would have given it; None: too few ballots

    def closed(self, tally: Tally, adjusted: Decimal | None) -> "Evaluation":
        return replace(
            self,
            status=STATES.after("close", self.status),
            counts=tally.counts,
            votes=tally.votes,
            left_out=tally.left_out,
            adjusted=adjusted if tally.counts else None,  # of one or two ballots it would be the vote itself
            revision=self.revision + 1,
        )

    def withdrawn(self) -> "Evaluation":
        """Withdraw it with its campaign."""
        return replace(self, status=STATES.after("take_back", self.status), revision=self.revision + 1)


def check_votes(votes: Votes, subjects: Iterable[str], rater: str | None, dimensions: Collection[str]) -> None:
    """Check that every voted-on subject is of the campaign and graded in every
    dimension, and nobody grades themselves."""
    if not votes:
        raise invalid("votes.missing", "没有填写评价", "no vote is given", "votes")
    if rater in votes:
        raise forbidden("own.decision", "不得评价本人", "nobody grades themselves")
    known = set(subjects)
    faults = [_unknown_subject(subject) for subject in votes if subject not in known]
    for subject, grades in votes.items():
        given = by_dimension(grades)
        if set(given) != set(dimensions):
            faults.append(_wrong_dimensions(subject, dimensions))
        faults += [_unknown_grade(subject, grade) for grade in given.values() if grade not in rules.GRADES]
    if faults:
        raise Refused(*faults)


def new_token() -> str:
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> str:
    """Return what is kept of a one-time token. It is random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _unknown_subject(subject: str) -> Refusal:
    return Refusal("invalid", "votes.subject", f"{subject} 不在评估名单中", f"{subject} is not graded here", "votes")


def _unknown_grade(subject: str, grade: str) -> Refusal:
    known = "、".join(rules.GRADES)
    return Refusal("invalid", "votes.grade", f"{subject} 的等次应为{known}", f"{grade} is no grade", f"votes.{subject}")


def _wrong_dimensions(subject: str, dimensions: Collection[str]) -> Refusal:
    if set(dimensions) == {OVERALL}:
        return Refusal("invalid", "votes.dimensions", f"{subject} 只评一个等次", "one grade only", f"votes.{subject}")
    zh = f"{subject} 应逐项评价：{'、'.join(dimensions)}"
    return Refusal("invalid", "votes.dimensions", zh, "every dimension needs its grade", f"votes.{subject}")
