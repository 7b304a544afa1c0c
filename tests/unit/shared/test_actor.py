from shared.actor import Actor, Grant

HEAD = Grant("unit_head", "unit", "D01")


def actor(*grants: Grant) -> Actor:
    return Actor(account="a", name="某某", bureau="B", person="P1", grants=grants)


def test_a_role_in_a_unit_holds_there_only() -> None:
    assert actor(HEAD).has("unit_head", unit="D01")
    assert not actor(HEAD).has("unit_head", unit="D02")


def test_a_role_in_the_bureau_holds_in_every_unit_and_line() -> None:
    panel = actor(Grant("panel", "bureau"))
    assert panel.has("panel")
    assert panel.has("panel", unit="D02")
    assert panel.has("panel", line="access")


def test_a_leader_of_a_line_leads_that_line_only() -> None:
    leader = actor(Grant("leader", "line", "access"))
    assert leader.has("leader", line="access")
    assert not leader.has("leader", line="enforcement_support")
    assert not leader.has("leader", unit="D01")


def test_an_actor_survives_the_wire() -> None:
    assert Actor.from_json(actor(HEAD).to_json()) == actor(HEAD)
