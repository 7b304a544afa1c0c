"""What the office sets otherwise, each from a day on."""

from services.declarations.domain.bureau_rules import KNOWN
from services.declarations.domain.checking_permissions import check_sets_rules
from services.declarations.storage.bureau_rules import rules_of
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.bureau_rules import NewDeclarationRule
from shared.contracts.declarations.commands.shapes import Empty
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.dated import check_dated


def set_bureau_rule(session: Session, actor: Actor, command: NewDeclarationRule) -> Row:
    """Set a rule of the bureau. What was decided before that day keeps what held then."""
    check_sets_rules(actor)
    check_dated(KNOWN, command["rule"], command["starts"], command["value"], today())
    stored = rules_of(session, actor.bureau)
    before = {"value": stored.all().on(command["rule"], command["starts"])}
    stored.set(command["rule"], command["starts"], command["value"])
    audit(session, action="bureau_rule.set", subject=command["rule"], before=before, after=command)
    return {"rules": stored.told()}


def list_bureau_rules(session: Session, actor: Actor, _query: Empty) -> Row:
    """List each rule with what holds where nobody set it otherwise, and what was set from which day on."""
    return {"rules": rules_of(session, actor.bureau).told()}
