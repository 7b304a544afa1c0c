"""What waits around spot checks and appeals: to draw, to inspect, to name an inspector, to decide on."""

from collections.abc import Iterator

from sqlalchemy import and_

from services.declarations.domain.checking_permissions import is_decider, runs_spot_checks
from services.declarations.domain.organisation import who
from services.declarations.storage.appeal_lists import decides
from services.declarations.storage.check_tables import appeal, inspection, spot_check
from services.declarations.storage.inbox_reading import Asking, Waiting


def of_spot_checks(asking: Asking) -> Iterator[Waiting]:
    mine = and_(inspection.c.status == "assigned", inspection.c.inspector == who(asking.actor))
    yield Waiting("items_to_inspect", inspection, "inspection", mine)
    if runs_spot_checks(asking.actor):
        c = spot_check.c
        known = and_(c.status == "announced", c.value_due <= asking.on)
        yield Waiting("spot_checks_to_draw", spot_check, "spot_check", known, c.value_due)
        yield Waiting("inspectors_to_name", inspection, "inspection", inspection.c.status == "unassigned")


def of_appeals(asking: Asking) -> Iterator[Waiting]:
    if is_decider(asking.actor):
        waiting = and_(appeal.c.status == "filed", decides(asking.actor, asking.scope))
        yield Waiting("appeals_to_decide", appeal, "appeal", waiting, appeal.c.due_on)
