"""Who sees whose scores, before and after publication."""

import pytest

from services.scoring.domain.permissions import (
    detail_sight,
    may_approve,
    may_freeze,
    may_publish,
    may_read_run,
    sight,
)
from services.scoring.domain.publication import EVERYTHING
from shared.actor import Actor, Grant


def _actor(role: str, scope: str = "bureau", target: str | None = None, person: str | None = None) -> Actor:
    return Actor("a", "a", "B00", person, (Grant(role, scope, target),))


STAFF = _actor("staff", "own", person="P01")
HEAD = _actor("unit_head", "unit", "D01", "P02")


@pytest.mark.parametrize("role", ["office", "panel", "leader", "auditor"])
def test_those_who_make_and_watch_the_scores_see_everybody(role: str) -> None:
    assert sight(_actor(role), {}).covers("P09", "D09")
    assert detail_sight(_actor(role)).covers("P09", "D09")


@pytest.mark.parametrize("role", ["hr", "devices", "complaints_centre", "admin"])
def test_other_offices_see_no_scores_before_publication(role: str) -> None:
    assert not sight(_actor(role), {}).covers("P09", "D09")


def test_before_publication_staff_see_their_own_score_and_a_head_his_unit() -> None:
    assert sight(STAFF, {}).covers("P01", "D01")
    assert not sight(STAFF, {}).covers("P02", "D01")
    assert sight(HEAD, {}).covers("P01", "D01")
    assert not sight(HEAD, {}).covers("P09", "D09")


def test_after_publication_everybody_sees_the_list_but_not_a_colleagues_facts() -> None:
    assert sight(STAFF, EVERYTHING).covers("P09", "D09", "person")
    assert not detail_sight(STAFF).covers("P09", "D09")


def test_after_publication_of_the_list_alone_a_colleagues_score_stays_his() -> None:
    seen = sight(STAFF, {**EVERYTHING, "person": "list"})
    assert not seen.covers("P09", "D09", "person")
    assert seen.covers("S01", "S01", "station")
    assert seen.covers("P01", "D01", "person")


def test_an_account_without_a_person_is_not_the_subject_without_a_name() -> None:
    assert not detail_sight(_actor("hr")).covers("P01", "D01")


def test_the_office_freezes_the_panel_approves_the_office_or_a_leader_publishes() -> None:
    roles = ("office", "panel", "leader", "auditor", "staff")
    allowed = {step: {role for role in roles if step(_actor(role))} for step in (may_freeze, may_approve, may_publish)}
    assert list(allowed.values()) == [{"office"}, {"panel"}, {"office", "leader"}]


def test_a_run_is_everybodys_once_it_is_published() -> None:
    assert may_read_run(STAFF, published=True)
    assert not may_read_run(STAFF, published=False)
