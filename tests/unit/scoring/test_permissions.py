"""Who sees whose scores, before and after publication."""

import pytest

from services.scoring.domain.permissions import detail_sight, require, require_to_see, sight
from shared.actor import Actor, Grant
from shared.errors import Forbidden


def _actor(role: str, scope: str = "bureau", target: str | None = None, person: str | None = None) -> Actor:
    return Actor("a", "a", "B00", person, (Grant(role, scope, target),))


STAFF = _actor("staff", "own", person="P01")
HEAD = _actor("unit_head", "unit", "D01", "P02")


@pytest.mark.parametrize("role", ["office", "panel", "leader", "auditor"])
def test_those_who_make_and_watch_the_scores_see_everybody(role: str) -> None:
    assert sight(_actor(role), published=False).covers("P09", "D09")
    assert detail_sight(_actor(role)).covers("P09", "D09")


@pytest.mark.parametrize("role", ["hr", "devices", "complaints_centre", "admin"])
def test_other_offices_see_no_scores_before_publication(role: str) -> None:
    assert not sight(_actor(role), published=False).covers("P09", "D09")


def test_before_publication_staff_see_their_own_score_and_a_head_his_unit() -> None:
    assert sight(STAFF, published=False).covers("P01", "D01")
    assert not sight(STAFF, published=False).covers("P02", "D01")
    assert sight(HEAD, published=False).covers("P01", "D01")
    assert not sight(HEAD, published=False).covers("P09", "D09")


def test_after_publication_everybody_sees_the_list_but_not_a_colleagues_facts() -> None:
    assert sight(STAFF, published=True).covers("P09", "D09")
    with pytest.raises(Forbidden):
        require_to_see(detail_sight(STAFF), "P09", "D09")


def test_an_account_without_a_person_is_not_the_subject_without_a_name() -> None:
    assert not detail_sight(_actor("hr")).covers("P01", "D01")


def test_a_role_is_required_by_name() -> None:
    require(_actor("panel"), "panel", "office")
    with pytest.raises(Forbidden, match=r"run\.not_allowed"):
        require(STAFF, "panel", "office")
