"""Closed is closed: in each state after the close every change of the contracts is asked by whoever may, and refused because of the
cycle, unless the list of what goes on names it (ops/authorisation/after_the_close.py, printed in docs/authorisation.md)."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from ops.authorisation.after_the_close import AFTER_THE_CLOSE, ARCHIVED, OTHERS_OWN, STILL, still
from ops.authorisation.matrix import operations
from shared.contracts.operations import Operation
from shared.vocabulary.permissions import OPERATOR
from tests.contract.test_changes_for_real import CHANGES, ask
from tests.support.databases import Databases
from tests.support.lived_bureau import CYCLE, OWNER, half_done, lived_in
from tests.support.reference_world import EVERYTHING, ReferenceWorld, reference_world

pytestmark = pytest.mark.timeout(1200)
STEPS = {"closed": ("closing", "close"), "published": ("publish",), "archived": ("archive",)}
OF_CYCLES = [one for one in CHANGES if not one.reads and one.service not in OTHERS_OWN and one.may != OPERATOR]
# What is held elsewhere, where a run is there: tests/component/scoring/test_archived_year.py
OF_RUNS = {one.rpc for one in OF_CYCLES if one.service == "scoring"} - {"start_run", "freeze_run"}
BECAUSE_OF_THE_CYCLE = (
    *("cycle.not_open", "cycle.closed", "cycle.archived", "cycle.exists", "cycle.step", "cycle.released"),
    *("library.none_scheduled", "model.none_scheduled"),  # no cycle begins to close while anything is scheduled
)


def test_the_list_names_what_there_is_once_each_with_a_reason() -> None:
    named = [(one.service, rpc) for one in STILL for rpc in one.operations]
    there = {(one.service, one.rpc) for one in operations()}
    assert Counter(named).most_common(1)[0][1] == 1
    assert set(named) <= there
    assert all(one.why and one.until in AFTER_THE_CLOSE for one in STILL)


class Askers:
    """Whoever may: an account of every role, but for what is the owner's, a leader's of their own, or nobody's by a token."""

    def __init__(self, world: ReferenceWorld) -> None:
        self.everybody = world.log_in("everybody", *EVERYTHING, person="P0005")
        self._of = {
            "check_on_the_spot": world.log_in("chief", "leader:bureau", person="P0006"),
            "attach_evidence": world.log_in("owner-again", "staff:own", person=OWNER),
            "cast_with_token": world.app.test_client(),
        }

    def refused_for_the_cycle(self, one: Operation, there: dict[str, str]) -> tuple[bool, str]:
        client: FlaskClient = self._of.get(one.rpc, self.everybody)
        answer, told = ask(client, one, there)
        return answer.status_code == 409 and answer.json["code"] in BECAUSE_OF_THE_CYCLE, told


def test_a_closed_cycle_takes_what_the_list_says_and_nothing_else(database: Databases) -> None:
    with reference_world(database, draws=False) as world:
        there = lived_in(world) | half_done(world)
        there["aggregate"] = there["declaration"]
        world.services.deliver()
        askers = Askers(world)
        for status in AFTER_THE_CLOSE:
            for step in STEPS[status]:
                assert askers.everybody.post(f"/api/v1/cycles/{CYCLE}/{step}").status_code == 200
                world.services.deliver()
            wrong = []
            for one in OF_CYCLES:
                if one.rpc in OF_RUNS or (one.rpc == "move_cycle" and status != ARCHIVED):
                    continue
                if one.rpc == "freeze_run":
                    world.services.deliver()  # a run waits half a minute for what is on its way
                entry = still(one)
                refused, told = askers.refused_for_the_cycle(one, there)
                if refused == (entry is not None and entry.takes(status)):
                    wrong.append(f"{status}: {told}")
            assert wrong == [], "\n".join(wrong)
        assert not world.services.faults
