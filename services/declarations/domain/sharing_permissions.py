"""Who has a part in an achievement of several, and therefore no say in it."""

from services.declarations.domain.delegations import Decider, faces, hands
from services.declarations.domain.organisation import Unit
from services.declarations.domain.sharing import Shares
from services.declarations.domain.words import PERSON
from shared.vocabulary.permissions import noting


def shares_in(decider: Decider, shares: Shares) -> bool:
    """Tell whether somebody behind a decision has a share, or heads a unit that has one."""
    behind = hands(decider)
    units = [one["subject"] for one in shares if one["layer"] != PERSON]
    headed = any(face.has("unit_head", unit=code) for code in units for face in faces(decider))
    return headed or any(one["subject"] in behind for one in shares)


def head_shares(shares: Shares, unit: Unit) -> bool:
    """Tell whether the unit, or one of its heads, has a share: then the next head up decides as well."""
    return any(one["subject"] in (unit.unit, *unit.heads) for one in shares)


noting(globals())
