"""What is taken back of contributions: one's own screening, and the panel's decision by whoever had taken it."""

from services.declarations.domain.contributions import SETTLEMENTS, Contribution
from services.declarations.domain.items import CONTRIBUTION
from services.declarations.domain.organisation import Unit
from services.declarations.domain.ways_back import check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from services.declarations.storage.aggregates import contributions
from services.declarations.storage.contributions import parts_of
from services.declarations.storage.opinions import opinions_on
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.contributions.steps import answer
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.transitions import Batch
from shared.actor import Actor
from shared.contracts.declarations.commands.contributions import ChosenContribution, ContributionsTakenBack
from shared.database import Row, Session


def take_back_screenings(session: Session, actor: Actor, command: ContributionsTakenBack) -> Row:
    """Take back one's own screening before anybody of the panel has given an opinion, or with a reason
    one's own settlement or rejection: partners' parts fall with it."""
    batch = Batch(session, actor, command["cycle"], command["contributions"], command["mode"])
    locked = _Locked(session, actor, command)

    def take_back(old: Contribution, _entry: ChosenContribution, _unit: Unit) -> Contribution:
        check_takes_back_step(actor, old.last_decider)
        now = old.taken_back(command["reason"], deliberated=old.contribution in locked.opinions)
        if old.status in SETTLEMENTS:
            check_unused(CONTRIBUTION, *(locked.uses[one] for one in (old.contribution, *locked.parts_of(old))))
        return now

    done = batch.move(locked.store, "contribution", "contribution", take_back)
    fallen = [locked.stored[part] for one in done for part in locked.parts_of(one)]
    called_off = [part.called_off(command["reason"]) for part in fallen]
    locked.store.change(called_off)
    record_changes(session, actor, list(zip(called_off, fallen, strict=True)))
    return {**answer([*done, *called_off]), **batch.left_out}


class _Locked:
    """The contributions of one command with the parts that they were settled into, and what was made of them."""

    def __init__(self, session: Session, actor: Actor, command: ContributionsTakenBack) -> None:
        bureau, cycle = actor.bureau, command["cycle"]
        ids = [entry["contribution"] for entry in command["contributions"]]
        self.store = contributions(session, bureau, cycle)
        self.store.by_ids(
            [*ids, *_flat(parts_of(session, bureau, cycle, ids))]
        )  # in one order, as everybody locks them
        self._parts = parts_of(session, bureau, cycle, ids)  # now that nobody settles any more
        self.stored = self.store.by_ids([*ids, *_flat(self._parts)])
        decided = {name: one.revision for name, one in self.stored.items() if one.status in SETTLEMENTS}
        self.uses = uses_of(session, bureau, CONTRIBUTION, decided)
        self.opinions = opinions_on(session, bureau, ids)

    def parts_of(self, one: Contribution) -> list[str]:
        return [*self._parts.get(one.contribution, ())]


def _flat(parts: dict[str, dict[str, int]]) -> list[str]:
    return [part for of_one in parts.values() for part in of_one]
