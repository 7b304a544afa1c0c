"""Role × scope × state: who may verify, assess, return; nobody on their own, and who verified does not assess."""

import pytest

from services.declarations.domain import campaign_permissions, permissions
from services.declarations.domain.organisation import subject_of_person, subject_of_unit
from services.declarations.domain.permissions import answers_for
from shared.actor import Grant
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import BUREAU, DIVISION, HEADLESS, STATION, declaration, somebody

ACTORS = {
    "its head": somebody("H10", Grant("unit_head", "unit", "D10")),
    "its deputy": somebody("V10", Grant("unit_head", "unit", "D10")),
    "head elsewhere": somebody("H9", Grant("unit_head", "unit", "D09")),
    "head of the bureau": somebody("L0", Grant("unit_head", "unit", "B00")),
    "leader": somebody("L1", Grant("leader", "bureau")),
    "leader of the line": somebody("L3", Grant("leader", "line", "enforcement_support")),
    "leader of another line": somebody("L2", Grant("leader", "line", "special_supervision")),
    "station head": somebody("HS", Grant("unit_head", "unit", "S01")),
    "colleague": somebody("Q10", Grant("staff", "own")),
    "assessor": somebody("P9", Grant("assessor", "unit", "D09")),
    "own section's assessor": somebody("Q10", Grant("assessor", "unit", "D10")),
    "panel": somebody("K1", Grant("panel", "bureau")),
    "office": somebody("O1", Grant("office", "bureau")),
    "auditor": somebody("A1", Grant("auditor", "bureau")),
    "hr": somebody("R1", Grant("hr", "bureau")),
    "admin": somebody("X1", Grant("admin", "installation")),
}
STAFF = declaration()
ITEMS = {
    "staff": (STAFF, DIVISION),
    "head's own": (declaration(subject="H10", declared_by="H10"), DIVISION),
    "unit's": (declaration(subject="D10", layer="division", declared_by="V10"), DIVISION),
    "staff without a head": (declaration(subject="P8", declared_by="P8", unit="D08"), HEADLESS),
    "station's": (declaration(subject="S01", layer="station", declared_by="HS", unit="S01"), STATION),
}
MAY_VERIFY = {
    "staff": {"its head", "its deputy"},
    "head's own": {"leader", "leader of the line", "head of the bureau"},
    "unit's": {"leader", "leader of the line", "head of the bureau"},
    "staff without a head": {"leader", "leader of another line", "head of the bureau"},
    "station's": {"leader", "leader of the line", "leader of another line", "head of the bureau"},
}


def allowed(check, *arguments) -> bool:
    try:
        check(*arguments)
    except Refused as refused:
        return {one.kind for one in refused.refusals} != {"forbidden"}
    return True


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("who", ACTORS)
def test_only_the_head_over_a_subject_verifies(who, item):
    assert allowed(permissions.check_verify, ACTORS[who], *ITEMS[item]) == (who in MAY_VERIFY[item])


@pytest.mark.parametrize("who", ACTORS)
def test_only_the_indicators_section_assesses(who):
    verified = declaration(status="verified", verified_by="H10", assessor="D09")
    assert allowed(permissions.check_assess, ACTORS[who], verified, DIVISION) == (who == "assessor")


@pytest.mark.parametrize("who", ACTORS)
def test_the_panel_assesses_in_a_sections_place(who):
    verified = declaration(status="verified", verified_by="H10", assessor="panel")
    assert allowed(permissions.check_assess, ACTORS[who], verified, DIVISION) == (who == "panel")


@pytest.mark.parametrize("who", ACTORS)
def test_a_declared_item_is_returned_by_its_verifier_a_verified_or_assessed_one_by_its_assessor(who):
    verified = declaration(status="verified", verified_by="H10", assessor="D09")
    assert allowed(permissions.check_return, ACTORS[who], STAFF, DIVISION) == (who in MAY_VERIFY["staff"])
    assessed = declaration(status="assessed", verified_by="H10", assessed_by="P9", assessor="D09")
    for one in (verified, assessed):
        assert allowed(permissions.check_return, ACTORS[who], one, DIVISION) == (who == "assessor")


@pytest.mark.parametrize("status", ["draft", "returned", "recorded"])
def test_there_is_nothing_to_return_in_other_states(status):
    with pytest.raises(Refused) as refused:
        permissions.check_return(ACTORS["leader"], declaration(status=status), DIVISION)
    assert refused.value.refusals[0].kind == "conflict"


@pytest.mark.parametrize(
    "grants", [(Grant("unit_head", "unit", "D10"), Grant("assessor", "unit", "D09"), Grant("panel", "bureau"))]
)
@pytest.mark.parametrize("assessor", ["D09", "panel"])
def test_no_grant_lets_anybody_decide_on_their_own(grants, assessor):
    own = declaration(assessor=assessor, status="verified", verified_by="H10")
    for actor in (somebody("P10", *grants), somebody(None, *grants, account="P10")):
        assert not allowed(permissions.check_verify, actor, own, DIVISION)
        assert not allowed(permissions.check_assess, actor, own, DIVISION)


def test_who_declared_for_the_unit_does_not_decide_on_it():
    units = declaration(subject="D10", layer="division", declared_by="V10", assessor="panel", status="verified")
    declarer = somebody("V10", Grant("panel", "bureau"), Grant("leader", "bureau"))
    assert not allowed(permissions.check_verify, declarer, units, DIVISION)
    assert not allowed(permissions.check_assess, declarer, units, DIVISION)


def test_a_units_head_in_the_panel_does_not_assess_the_unit():
    units = declaration(subject="D10", layer="division", declared_by="V10", assessor="panel", status="verified")
    assert not allowed(permissions.check_assess, somebody("H10", Grant("panel", "bureau")), units, DIVISION)
    assert allowed(permissions.check_assess, ACTORS["panel"], units, DIVISION)


def test_who_verified_does_not_assess_the_same():
    both = somebody("H10", Grant("unit_head", "unit", "D10"), Grant("panel", "bureau"))
    verified = declaration(status="verified", verified_by="H10", assessor="panel")
    assert not allowed(permissions.check_assess, both, verified, DIVISION)
    assert allowed(
        permissions.check_assess, both, declaration(status="verified", verified_by="V10", assessor="panel"), DIVISION
    )


def test_a_person_answers_for_themselves_and_a_head_for_the_unit():
    person = subject_of_person("P10", "enforcement_support", DIVISION, active=True)
    unit = subject_of_unit(DIVISION)
    assert [who for who in ACTORS if answers_for(ACTORS[who], person)] == []
    assert answers_for(somebody("P10"), person)
    assert {who for who in ACTORS if answers_for(ACTORS[who], unit)} == {"its head", "its deputy"}


@pytest.mark.parametrize(
    ("check", "arguments", "may"),
    [
        (
            permissions.check_issues,
            ("D09",),
            {"panel", "leader", "leader of the line", "leader of another line", "assessor"},
        ),
        (permissions.check_issues, ("panel",), {"panel", "leader", "leader of the line", "leader of another line"}),
        (
            permissions.check_proposes_veto,
            ("D09",),
            {"panel", "office", "leader", "leader of the line", "leader of another line", "assessor"},
        ),
        (permissions.check_panel, (), {"panel"}),
        (campaign_permissions.check_runs_campaigns, (), {"panel", "office"}),
        (permissions.check_decides_veto, ("O1", "confirm"), {"panel"}),
        (permissions.check_decides_veto, ("K1", "confirm"), set()),
        (permissions.check_decides_veto, ("K1", "lift"), {"panel"}),
        (permissions.check_screens, ("P10", "person", "P10", DIVISION), {"its head", "its deputy"}),
        (permissions.check_screens, ("D10", "division", "H10", DIVISION), MAY_VERIFY["unit's"]),
    ],
)
def test_the_other_tools_have_their_people(check, arguments, may):
    assert {who for who in ACTORS if allowed(check, ACTORS[who], *arguments)} == may


def test_a_subject_of_the_bureau_itself_is_not_appraised():
    with pytest.raises(Refused):
        subject_of_person("L1", "all", BUREAU, active=True)
    with pytest.raises(Refused):
        subject_of_unit(BUREAU)
