"""Whether a head confirms what colleagues hand on, and within how many days: a cycle's own rule."""

from services.targets.domain import permissions
from services.targets.domain.handovers import HandoverRule
from services.targets.storage.handovers import Handovers
from services.targets.usecases.guards import changeable, known_cycle, need, written
from shared.actor import Actor
from shared.contracts.targets.commands.handovers import SetHandoverRule
from shared.contracts.targets.commands.keys import OneCycle
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import check_revision


def get_handover_rule(session: Session, actor: Actor, query: OneCycle) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    return vars(Handovers(session, actor.bureau, cycle.cycle).rule())


def set_handover_rule(session: Session, actor: Actor, command: SetHandoverRule) -> Row:
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    stored = Handovers(session, actor.bureau, cycle.cycle)
    before = stored.rule()
    check_revision("handover_rule", command["revision"], before.revision)
    after = HandoverRule(command["confirm"], command["days"], before.revision + 1)
    written(whole=stored.save_rule(after, actor.account))
    subject = f"{actor.bureau}/{cycle.cycle}"
    audit(session, action="handover_rule.set", subject=subject, before=vars(before), after=vars(after))
    return vars(after)
