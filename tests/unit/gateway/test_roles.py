import pytest

from gateway.auth.roles import SCOPES, check_may_manage, grant_faults, ungivable
from shared.actor import Actor, Grant
from shared.errors import Forbidden


def actor(*grants: Grant, bureau: str = "BJ") -> Actor:
    return Actor("a", "a", bureau, grants=grants)


def proper(role: str) -> Grant:
    scope = SCOPES[role][0]
    return Grant(role, scope, "D01" if scope == "unit" else None)


@pytest.mark.parametrize("role", SCOPES)
def test_every_role_can_be_given_with_its_scope(role):
    assert grant_faults(proper(role)) == []


@pytest.mark.parametrize("role", SCOPES)
@pytest.mark.parametrize("scope", ["own", "unit", "line", "bureau", "installation"])
def test_no_role_can_be_given_with_another_scope(role, scope):
    target = "access" if scope in ("unit", "line") else None
    assert bool(grant_faults(Grant(role, scope, target))) == (scope not in SCOPES[role])


@pytest.mark.parametrize("role", [role for role in SCOPES if role not in ("admin", "office")])
def test_only_administrators_and_the_office_manage_accounts(role):
    with pytest.raises(Forbidden):
        check_may_manage(actor(proper(role)), "BJ")


def test_the_office_manages_its_bureau_and_the_administrator_all():
    check_may_manage(actor(proper("office")), "BJ")
    check_may_manage(actor(proper("admin"), bureau=""), "BJ")
    for foreign in ("SH", ""):
        with pytest.raises(Forbidden):
            check_may_manage(actor(proper("office")), foreign)


def test_an_office_without_a_bureau_manages_nothing():
    with pytest.raises(Forbidden):
        check_may_manage(actor(proper("office"), bureau=""), "")


def test_only_an_administrator_makes_administrators():
    assert ungivable(actor(proper("office")), proper("admin"))
    assert ungivable(actor(proper("admin")), proper("admin")) is None
    assert all(
        ungivable(actor(proper("office")), proper(role)) is None for role in SCOPES if role not in {"admin", "security"}
    )
