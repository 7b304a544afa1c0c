"""What is to be decided: listed by the caller, or chosen by the database as it was previewed.

To decide on a selection the caller names the number and the etag that it was shown: where anything slipped in or out meanwhile,
nothing is done.
"""

from services.declarations.storage.declaration_lists import Taken, fingerprint, take_waiting
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.review.decisions import Decided
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.bulk_assess import ClearedSelection
from shared.contracts.declarations.commands.declarations import ChosenDeclaration, ReturnedDeclarations, Verification
from shared.database import Session
from shared.vocabulary.refusals import conflict, invalid


def with_entries(
    session: Session, actor: Actor, command: Verification | ReturnedDeclarations, waiting: str
) -> Decided[ChosenDeclaration]:
    """Return ``command`` with its ``declarations``: those that it lists, or those of
    its selection that wait for ``waiting``."""
    if ("declarations" in command) == ("selection" in command):
        raise invalid(
            "selection.required",
            "请列出申报，或者指明筛选条件，二者取一",
            "either list declarations or name a selection",
            "declarations",
        )
    if "declarations" in command:
        return {"cycle": command["cycle"], "mode": command["mode"], "declarations": command["declarations"]}
    query = {"cycle": command["cycle"], **command["selection"]}
    taken = take_waiting(session, Scope.of(session, actor), query, waiting, today(), agreeing=False, lock=True)
    check_as_previewed(taken, command)
    return {"cycle": command["cycle"], "mode": command["mode"], "declarations": entries(taken)}


def check_as_previewed(taken: Taken, command: Verification | ReturnedDeclarations | ClearedSelection) -> None:
    """Refuse a selection that is another than the one that was shown."""
    if (len(taken), fingerprint(taken)) != (command.get("expected"), command.get("etag")):
        raise conflict(
            "selection.changed",
            f"所选事项已有变化（现为 {len(taken)} 项），请重新查看后再批量办理",
            f"the selection has changed meanwhile: it is {len(taken)} now; look at it again",
        )


def entries(taken: Taken) -> list[ChosenDeclaration]:
    """Return what is taken as the entries of a command."""
    return [{"declaration": name, "revision": revision} for name, revision in taken]
