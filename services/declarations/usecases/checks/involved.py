"""Who had a part in an item: whoever declared or decided on it, who of the panel gave an opinion, and who shares in the achievement."""

from collections.abc import Collection

from services.declarations.domain.items import Item, Pair, deliberated_as, hands, pair_of
from services.declarations.domain.sharing import persons_in, units_in
from services.declarations.storage.contributions import shares_of
from services.declarations.storage.opinions import opinions_on
from services.declarations.storage.organisation import read_units
from shared.database import Session


def involved_in(session: Session, bureau: str, items: Collection[Item]) -> dict[Pair, set[str]]:
    """Return for each item the persons who had a part in it: none of them inspects it, or decides on an appeal against it.

    Of a partner's part they are those who had one in the whole; of a unit that shares in it, its heads.
    """
    wholes = {whole for one in items if (whole := deliberated_as(one))}
    given, shares = opinions_on(session, bureau, wholes), shares_of(session, bureau, wholes)
    units = read_units(session, bureau, {unit for some in shares.values() for unit in units_in(some)})

    def beside(whole: str) -> set[str]:
        some = shares.get(whole, ())
        heads = {head for unit in units_in(some) if unit in units for head in units[unit].heads}
        return {*(said["member"] for said in given.get(whole, ())), *persons_in(some), *heads}

    return {pair_of(one): hands(one) | beside(deliberated_as(one) or "") for one in items}
