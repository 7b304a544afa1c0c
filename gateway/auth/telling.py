"""What the owner of an account is told: whatever was done to it, by whom and from where.

It stands for weeks, whoever has seen it: an intruder who looks first must not be able to make it disappear.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from gateway.storage.events import AccountEvents
from shared.actor import Actor
from shared.clock import now

TOLD = timedelta(days=30)
MOST = 20
# What somebody who has got in does as the account itself, and its owner would want to know.
OWN = ("login.new_device", "second_factor.enrolled", "second_factor.dropped")


def tell_owner(session: Session, account: str, kind: str) -> None:
    """Note that the actor of this transaction has done ``kind`` to ``account``."""
    actor: Actor = session.info["actor"]
    AccountEvents(session).add(account, kind, actor.account, actor.address, now())


def news_of(session: Session, account: str) -> list[dict[str, Any]]:
    """Return what others did to ``account`` lately, and what was done in its own name that tells of an intruder; the newest
    first."""
    return AccountEvents(session).since(account, now() - TOLD, MOST, OWN)
