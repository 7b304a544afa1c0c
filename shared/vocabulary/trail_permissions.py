"""Who reads an audit trail: the same in every service."""

from typing import Protocol

from shared.vocabulary.permissions import noting


class Holder(Protocol):
    """What the rule asks of an actor."""

    def has(self, role: str) -> bool: ...


def may_read_trail(actor: Holder) -> bool:
    """Tell whether the actor reads who did what, when and from where: who audits, and nobody whose deeds stand there."""
    return actor.has("auditor")


noting(globals())
