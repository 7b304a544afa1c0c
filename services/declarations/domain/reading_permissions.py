"""Whose items somebody reads (beside permissions.py)."""

from services.declarations.domain.organisation import Actor, Subject
from services.declarations.domain.permissions import answers_for, is_next_up, reads_everything
from shared.vocabulary.permissions import noting


def sees_subject(actor: Actor, subject: Subject) -> bool:
    """Tell whether the actor reads the subject's items: their own, those of whom they decide on first, or anybody's."""
    near = answers_for(actor, subject) or is_next_up(actor, subject.code, subject.layer, subject.unit)
    return near or reads_everything(actor)


def reads_opinions(actor: Actor) -> bool:
    """Tell whether the actor reads what members of the panel said on a contribution: it
    is for the panel, and for who audits it."""
    return actor.has("panel") or actor.has("auditor")


def keeps_clocks(actor: Actor) -> bool:
    """Tell who is told of alarms about attendance clocks."""
    return actor.has("devices")


noting(globals())
