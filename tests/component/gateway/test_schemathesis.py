"""Schemathesis over the whole document with every role's token: no answer that is not documented, none of 5xx (docs/decisions/1015).

On a bureau of its own: what it asks resets passwords, closes years and ends log-ins.
"""

from collections import Counter

import pytest

from gateway.api import running
from gateway.auth.roles import SCOPES
from shared.letters.embedded import embedded_letters
from tests.support.contract_fuzzing import AsRoles, ask_everything, walk
from tests.support.databases import Databases
from tests.support.reference_world import EVERYTHING, reference_world

pytestmark = [
    pytest.mark.timeout(2400),
    # werkzeug leaves the parts of a broken multipart body to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # Schemathesis warns of what it makes of a schema; what it finds is told below
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
STRONGEST = "everything"
ROLES = {
    **{grant.partition(":")[0]: (grant,) for grant in EVERYTHING},
    "registrar": ("registrar:bureau",),
    "security": ("security:installation",),
    "admin": ("admin:installation",),
    STRONGEST: EVERYTHING,
}


def test_every_role_asks() -> None:
    assert set(ROLES) == {*SCOPES, STRONGEST}


def test_every_operation_answers_every_role_as_it_is_documented(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reference_world(database) as world:
        journal = world.url()
        monkeypatch.setattr(
            running, "letters_at", lambda _: embedded_letters(journal)
        )  # nothing else stands for a broker
        found = ask_everything(AsRoles(world, ROLES), ROLES, STRONGEST)
        assert list(found.told.values()) == []
        assert world.services.faults == []
    statuses = Counter[int]()
    for (_, status), number in found.asked.items():
        statuses[status] += number
    assert {role for role, _ in found.asked} == set(ROLES)
    assert sum(statuses.values()) > 372 * len(ROLES)
    assert statuses[200] > 500, f"too few requests reach anything: {statuses}"
    assert statuses[403] > 300, f"too few are refused by their role: {statuses}"
    assert not [status for status in statuses if status >= 500]


def test_what_an_answer_leads_to_is_documented_as_well(database: Databases) -> None:
    """Links between operations, which Schemathesis infers from the documents of requests and answers."""
    with reference_world(database) as world:
        assert list(walk(AsRoles(world, ROLES), STRONGEST, walks=6)) == []
        assert world.services.faults == []
