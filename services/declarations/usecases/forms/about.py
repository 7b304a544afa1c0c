"""Whose form it is and of which period; and the periods inside that one, where all of them are wanted."""

from dataclasses import dataclass, replace
from typing import Self

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.forms import YEARLY, periods_inside
from services.declarations.domain.organisation import Subject
from services.declarations.domain.permissions import answers_for
from services.declarations.storage.library import Library, indicators_of, need_cycle
from services.declarations.usecases.review.due import readable_subject
from shared.actor import Actor
from shared.contracts.declarations.commands.forms import ShownForm, TakenForm
from shared.database import Session


@dataclass(frozen=True)
class About:
    """What every form is about."""

    session: Session
    bureau: str
    cycle: Cycle
    period: Period
    subject: Subject
    own: bool  # the reader answers for the subject: drafts are shown too

    def library(self, *tools: str) -> Library:
        return indicators_of(self.session, self.bureau, self.cycle.cycle, self.subject, tools, self._lines)

    @property
    def _lines(self) -> set[str]:
        """Those of the period, and the one of now: what is declared in it all the same is shown, too."""
        return {self.subject.line, *self.subject.lines_in(self.period)}

    def of_period(self, library: Library) -> Library:
        return Library({code: one for code, one in library.items() if one.frequency == self.period.frequency})

    @property
    def is_whole_year(self) -> bool:
        return self.period.frequency == YEARLY

    @property
    def inside(self) -> list[Self]:
        """Return the same of each period that lies in this one, itself among them, in their order."""
        return [replace(self, period=one) for one in periods_inside(self.cycle, self.period)]


def about_form(session: Session, actor: Actor, query: ShownForm | TakenForm) -> About:
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    period = cycle.named(query["period"])
    subject = readable_subject(session, actor, query.get("subject") or actor.person)
    return About(session, actor.bureau, cycle, period, subject, answers_for(actor, subject))
