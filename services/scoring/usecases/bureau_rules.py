"""What the office sets otherwise about results, each from a day on."""

from typing import Any

from services.scoring.domain.permissions import may_set_rules
from services.scoring.domain.publication import RULES, check_bounds
from services.scoring.storage.bureau_rules import rules_of
from services.scoring.storage.touched import note
from services.scoring.usecases.guards import need
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.bureau_rules import NewScoringRule
from shared.contracts.scoring.commands.shapes import Empty
from shared.database import Session
from shared.recording import audit
from shared.vocabulary.dated import check_dated

Row = dict[str, Any]


def set_bureau_rule(session: Session, actor: Actor, command: NewScoringRule) -> Row:
    """Set a rule of the bureau; ``command``: {"rule", "starts", "value"}. What was
    published before that day keeps what held then."""
    need(may_set_rules(actor))
    rule, starts, value = command["rule"], command["starts"], command["value"]
    check_dated(RULES, rule, starts, value, today())
    stored = rules_of(session, actor.bureau)
    rules = stored.all()
    check_bounds(rules, rule, starts, value)
    stored.set(rule, starts, value)
    note(session, actor.bureau, "", [("", "")])  # every standing of the bureau is reckoned anew
    audit(session, action="bureau_rule.set", subject=rule, before={"value": rules.on(rule, starts)}, after=command)
    return {"rules": stored.told()}


def list_bureau_rules(session: Session, actor: Actor, _query: Empty) -> Row:
    """List each rule with what holds where nobody set it otherwise, and what was set from which day on."""
    return {"rules": rules_of(session, actor.bureau).told()}
