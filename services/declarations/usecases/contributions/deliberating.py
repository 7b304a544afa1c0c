"""Who of the panel gave an opinion on an item: they had a part in it as much as whoever settled it."""

from collections.abc import Iterable

from services.declarations.domain.items import Item, deliberated_as, pair_of
from services.declarations.storage.opinions import opinions_on
from shared.database import Session


def members_on(session: Session, bureau: str, items: Iterable[Item]) -> dict[str, list[str]]:
    """Return contribution -> members; other items have none."""
    where = {pair_of(one)[1]: deliberated for one in items if (deliberated := deliberated_as(one))}
    given = opinions_on(session, bureau, where.values())
    return {one: [said["member"] for said in given.get(deliberated, ())] for one, deliberated in where.items()}
