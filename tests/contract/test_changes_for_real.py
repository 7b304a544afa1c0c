"""The printed matrix against the system itself: every change that the contracts know, by an account of every role, in every state of the cycle.

A request that its contract takes, about things that there are (tests/support/lived_bureau.py): what docs/authorisation.md gives to a role
from nowhere is answered 403, what it gives to all of a role is never refused for want of a right, and a closed cycle takes nothing.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from ops.authorisation.after_the_close import still
from ops.authorisation.matrix import matrix, operations
from ops.authorisation.stand_ins import RELATIONS
from shared.clock import today
from shared.contracts.operations import Operation
from shared.vocabulary.permissions import ANYONE, OPERATOR
from tests.contract.test_authorisation_for_real import INSTALLATION, KINDS, _asks_who_alone, rows_of
from tests.support.databases import Databases
from tests.support.lived_bureau import CLAIMED, COLLEAGUE, CYCLE, ORDERED, OWNER, TO_COME, UNIT, VETO, lived_in
from tests.support.reference_world import EVERYTHING, ReferenceWorld, reference_world
from tests.support.valid_requests import address, body
from tests.support.valid_uploads import parts

pytestmark = pytest.mark.timeout(1200)

CHANGES = [one for one in operations() if one.method not in ("", "GET") and one.path]
RULED = [one for one in CHANGES if one.may not in (ANYONE, OPERATOR)]
MORNING, LATER = "2026-03-02T09:00:00+08:00", "2026-03-02T10:00:00+08:00"
KNOWN: dict[str, Any] = {
    "cycle": CYCLE, "month": "2026-01", "period": "2026-M01", "indicator": CLAIMED, "generation": 1, "change": 1, "model_revision": 1, "number": 1,
    "person": OWNER, "subject": OWNER, "unit": UNIT, "giver": OWNER, "taker": COLLEAGUE, "delegate": COLLEAGUE,
    "from": MORNING, "to": LATER, "starts_at": MORNING, "ends_at": LATER, "opens_at": MORNING, "closes_at": LATER,
    "rows": [{"a": "1", "b": "2"}, {"a": "2", "b": "3"}], "changes": {"name": "改名"}, "cells": {"name": "改名"},
}  # fmt: skip
ORDER = {
    "indicator": ORDERED,
    "period": "2026-M12",
    "title": "清查",
    "standard": "按时",
    "deadline": str(TO_COME),
    "subjects": [OWNER],
}
# What changes something of a cycle, but for what is named to go on (tests/contract/test_closed_cycles.py holds that list).
OF_THE_CYCLE = [
    one
    for one in RULED
    if "cycle" in one.request().fields
    and one.service in ("targets", "declarations")
    and not one.reads
    and still(one) is None
]
# What a request says beyond what its contract needs, so that it is about something.
MORE: dict[str, dict[str, Any]] = {
    "second_person": {"outside": True},
    "decide_lines": {"lines": [{"device": "d1", "digest": "a" * 64, "accept": False, "reason": "重复"}]},
    "delegate": {"role": "unit_head", "target": UNIT, "starts": str(today()), "ends": str(today())},
    "check_on_the_spot": {"veto_indicator": VETO},
    "issue_orders": {"orders": [ORDER]},
    "order_lead": {**{name: ORDER[name] for name in ("indicator", "period", "standard", "deadline")}, "subject": OWNER},
    "propose_vetoes": {"vetoes": [{"indicator": VETO, "subject": OWNER, "reason": "查实"}]},
    "transfer_claims": {"transfers": [{"indicator": CLAIMED, "giver": OWNER, "taker": COLLEAGUE, "quantity": "1"}]},
}
ABOUT_DECLARATIONS = ("verify_declarations", "assess_declarations", "return_declarations", "record_declarations")
# Of these there is nothing in an open cycle of a bureau that has just begun: whoever may not is told that it is not there.
NOT_THERE = {
    *("answer_consents", "clear_declarations"),  # a missed deadline; a selection of what was verified
    *("ask_conversation", "draft_conversation", "offer_conversation", "revise_conversation"),  # a published run
    *("order_improvement", "drop_improvement", "withdraw_improvement"),
    *("step_sample", "void_paper"),  # a sample of goods; a paper of a case
}
NOTHING_DONE = {"record_period": {"recorded": 0, "left": 0}}  # of a list that is empty


@pytest.fixture(scope="module")
def lived(cluster: str, templates: Any) -> Iterator[tuple[ReferenceWorld, dict[str, str]]]:
    with Databases(cluster, templates) as database, reference_world(database, draws=False) as world:
        yield world, lived_in(world)


def stranger(world: ReferenceWorld, kind: tuple[str, str]) -> FlaskClient:
    """Whoever has the role in the owner's unit and line, and is of neither."""
    role, scope = kind
    target = {"unit": f":{UNIT}", "line": ":access"}.get(scope, "")
    return world.log_in(f"{role}-{scope}", f"{role}:{scope}{target}", person="P0005")


def ask(client: FlaskClient, one: Operation, there: dict[str, str]) -> Any:
    known, more = {**KNOWN, **there, "item": there["declaration"]}, dict(MORE.get(one.rpc, {}))
    if one.rpc in ABOUT_DECLARATIONS:
        more = {"declarations": [{"declaration": there["declaration"]}]}
    headers = {"If-Match": "*"} if one.if_match else {}
    said = body(one, known, more)
    sent: dict[str, Any] = {"query_string": said, "data": parts(one)} if one.uploads else {"json": said}
    answer = client.open(address(one, known), method=one.method, headers=headers, **sent)
    told = f"{one.service}.{one.rpc} {one.path} {answer.status_code} {answer.text[:300]}"
    assert answer.status_code < 500, told
    return answer, told


def test_every_change_has_a_request_that_its_contract_takes() -> None:
    for one in CHANGES:
        body(one, KNOWN, MORE.get(one.rpc, {}))


def test_what_the_matrix_grants_from_nowhere_is_refused(lived: tuple[ReferenceWorld, dict[str, str]]) -> None:
    world, there = lived
    rows, seen = matrix(RULED), Counter[int]()
    unexpected, met = [], set()
    for kind in KINDS:
        client = stranger(world, kind)
        for one in RULED:
            if any(row.cells[kind].relations for row in rows_of(one, rows)):
                continue
            answer, told = ask(client, one, there)
            seen[answer.status_code] += 1
            if answer.status_code in (404, 409) and one.rpc in NOT_THERE:
                met.add(one.rpc)
            elif answer.status_code != 403 and NOTHING_DONE.get(one.rpc) != answer.json:
                unexpected.append(f"{kind} {told}")
    assert unexpected == [], "\n".join(unexpected)
    assert met == NOT_THERE, "some of these are there now"
    assert seen[403] > 1000, seen
    assert not world.services.faults


def test_what_the_matrix_grants_to_all_of_a_role_is_never_refused_for_want_of_a_right(database: Databases) -> None:
    """On a bureau of its own, since much of it is done."""
    rows, seen = matrix(RULED), Counter[int]()
    with reference_world(database, draws=False) as world:
        there = lived_in(world)
        for kind in KINDS:
            client = stranger(world, kind)
            for one in RULED:
                if not _asks_who_alone(one) or not all(
                    row.cells[kind].relations == RELATIONS for row in rows_of(one, rows)
                ):
                    continue
                answer, told = ask(client, one, there)
                assert answer.status_code not in (401, 403), f"{kind} {told}"
                seen[answer.status_code] += 1
        assert not world.services.faults
    assert sum(seen.values()) > 150 and sum(number for status, number in seen.items() if status < 300) > 30, seen


@pytest.mark.parametrize("role", INSTALLATION)
def test_who_keeps_the_installation_changes_nothing_of_a_bureau(
    lived: tuple[ReferenceWorld, dict[str, str]], role: str
) -> None:
    """Whatever is asked, no service has a line more on its trail, but for the bureau that an administrator makes."""
    world, there = lived
    client = world.log_in(f"{role}-of-all", f"{role}:installation", bureau="")
    before, refused = world.trails(), Counter[int]()
    for one in CHANGES:
        answer, told = ask(client, one, there)
        if one.rpc == "create_bureau" and role == "admin":
            assert answer.status_code == 201, told
            before = world.trails()
        elif one.may not in (ANYONE, OPERATOR) and not one.reads:
            assert answer.status_code in (403, 404, 409, 422), told
            refused[answer.status_code] += 1
    assert world.trails() == before
    assert refused[403] > 30, refused
    assert not world.services.faults


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_whoever_may_not_is_refused_in_every_state_of_the_cycle_and_a_closed_one_takes_nothing(
    database: Databases, state: str
) -> None:
    rows = matrix(RULED)
    with reference_world(database, draws=False) as world:
        there = lived_in(world)
        for step in ("closing", "close")[: 1 if state == "closing" else 2]:
            everything = world.log_in(f"{step}-it", *EVERYTHING)
            assert everything.post(f"/api/v1/cycles/{CYCLE}/{step}").status_code == 200
            world.services.deliver()
        for kind in KINDS:
            client = stranger(world, kind)
            for one in RULED:
                if any(row.cells[kind].relations for row in rows_of(one, rows)):
                    continue
                answer, told = ask(client, one, there)
                assert answer.status_code in (403, 404, 409, 422) or answer.json == NOTHING_DONE.get(one.rpc), (
                    f"{kind} {told}"
                )
        if state == "closed":
            taken = [
                told
                for one in OF_THE_CYCLE
                for answer, told in [ask(everything, one, there)]
                if answer.status_code < 300
            ]
            assert taken == [], "\n".join(taken)
        assert not world.services.faults
