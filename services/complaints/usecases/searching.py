"""One search over whatever the reader may see."""

from collections.abc import Callable, Mapping

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.storage.searching import Searching
from services.complaints.usecases.entries import COUNTERFEIT, KNOWLEDGE
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from services.complaints.usecases.sight import sight_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.search import SearchAll
from shared.database import Row, Session

Found = list[Row]


def search_all(session: Session, actor: Actor, query: SearchAll) -> Row:
    """Return up to 20 of each kind that hold every word, the latest first; of cases those that the reader may see."""
    place = place_of(session, actor)
    guard(permissions.may_look_up(actor, place))
    if not query["q"].strip():
        return {"items": []}
    found, today = Searching(session, actor.bureau, query["q"]), clock.today()
    kinds: Mapping[str, Callable[[], Found]] = {
        "case": lambda: found.cases(sight_of(session, actor)),
        "trader": found.traders,
        "sample": lambda: found.samples() if permissions.may_see_credit(actor, place) else [],
        COUNTERFEIT: lambda: found.entries(COUNTERFEIT, today),
        KNOWLEDGE: lambda: found.entries(KNOWLEDGE, today),
    }
    wanted = [query["kind"]] if query["kind"] else list(kinds)
    return {"items": [one for kind in wanted for one in kinds[kind]()]}
