"""Bureaus of the installation."""

from services.targets.domain import permissions
from services.targets.storage.units import Bureaus
from services.targets.usecases.guards import need
from shared.actor import Actor
from shared.contracts.targets.commands.organisation import NewBureau
from shared.contracts.targets.commands.shapes import PageQuery
from shared.database import Row, Session
from shared.errors import Conflict
from shared.recording import audit


def create_bureau(session: Session, actor: Actor, command: NewBureau) -> Row:
    need(permissions.may_manage_bureaus(actor))
    bureau = {"bureau": command["bureau"], "name": command["name"]}
    if not Bureaus(session).add(**bureau):
        raise Conflict("bureau.exists", zh="该分局编码已存在", en="there is a bureau of this code already")
    audit(session, action="bureau.created", subject=command["bureau"], before={}, after=bureau)
    return bureau


def list_bureaus(session: Session, actor: Actor, query: PageQuery) -> Row:
    """List bureaus: an administrator of the installation sees all, everyone else their own."""
    only = None if permissions.may_manage_bureaus(actor) else actor.bureau
    return Bureaus(session).page(only, query["after"], query["limit"])
