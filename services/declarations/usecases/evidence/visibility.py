"""Who sees a file: whoever uploaded it, and whoever sees something that refers to it. The rules are those of the lists."""

from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.evidence import EvidenceUses
from services.declarations.storage.evidence_visibility import seen
from services.declarations.storage.scopes import Scope
from shared.actor import Actor
from shared.database import Session
from shared.vocabulary.stored_files import StoredFile


def sees_file(session: Session, actor: Actor, file: StoredFile) -> bool:
    if file.owner == who(actor) or reads_everything(actor):
        return True
    uses = EvidenceUses(session, actor.bureau, file.cycle).of([file.evidence])
    scope = Scope.of(session, actor) if uses else None
    return scope is not None and any(
        seen(session, scope, file.cycle, one["kind"], one["aggregate"]) is not None for one in uses
    )
