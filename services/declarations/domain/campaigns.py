"""A campaign of subjective evaluation: who is graded, by whom, and the votes counted."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import rules
from services.declarations.domain.refusals import Refusal, Refused, forbidden, invalid
from services.declarations.domain.states import States
from services.declarations.domain.words import Counts

STATES = States("campaign", "评估", {"vote": {"open": "open"}, "close": {"open": "closed"}})
Votes = Mapping[str, str]  # subject -> grade


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
    created_by: str

    def closed(self) -> "Campaign":
        return replace(self, status=STATES.after("close", self.status), revision=self.revision + 1)


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
    counts: Counts

    def closed(self, counts: Counts) -> "Evaluation":
        return replace(self, status=STATES.after("close", self.status), counts=counts, revision=self.revision + 1)


def check_votes(votes: Votes, subjects: Iterable[str], rater: str | None) -> None:
    """Every voted-on subject is of the campaign, every grade one of the five, and nobody grades themselves."""
    if not votes:
        raise invalid("votes.missing", "没有填写评价", "no vote is given", "votes")
    if rater in votes:
        raise forbidden("own.decision", "不得评价本人", "nobody grades themselves")
    known = set(subjects)
    faults = [_unknown_subject(subject) for subject in votes if subject not in known]
    faults += [_unknown_grade(subject, grade) for subject, grade in votes.items() if grade not in rules.GRADES]
    if faults:
        raise Refused(*faults)


def counted(ballots: Iterable[Votes]) -> dict[str, Counts]:
    """subject -> grade -> votes, over all ballots."""
    votes = Counter((subject, grade) for ballot in ballots for subject, grade in ballot.items())
    counts: dict[str, Counts] = {}
    for (subject, grade), number in votes.items():
        counts.setdefault(subject, {})[grade] = Decimal(number)
    return counts


def new_token() -> str:
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> str:
    """What is kept of a one-time token. It is random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _unknown_subject(subject: str) -> Refusal:
    return Refusal("invalid", "votes.subject", f"{subject} 不在评估名单中", f"{subject} is not graded here", "votes")


def _unknown_grade(subject: str, grade: str) -> Refusal:
    known = "、".join(rules.GRADES)
    return Refusal("invalid", "votes.grade", f"{subject} 的等次应为{known}", f"{grade} is no grade", f"votes.{subject}")
