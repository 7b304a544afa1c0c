import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from marshmallow import ValidationError

from shared.events import REGISTRY, Assignment, AttendanceMonthChanged, PersonChanged, event_type
from shared.events.declaring import event
from shared.jsontext import dumps, loads

MONTH = AttendanceMonthChanged(
    bureau="B",
    subject="P1",
    layer="person",
    month="2026-01",
    revision=3,
    figures={"absence": {"absent": Decimal("0.5"), "overleave": Decimal(0)}},
    by="hr",
)


def test_a_state_survives_the_wire_unchanged() -> None:
    kind = event_type(MONTH)
    assert kind.load(loads(dumps(kind.dump(MONTH)))) == MONTH


def test_nested_states_come_back_as_what_they_were() -> None:
    assignment = Assignment("D01", "access", "D01-02", head=False, starts=date(2026, 1, 1), ends=None)
    person = PersonChanged(
        bureau="B",
        person="P1",
        revision=1,
        name="某某",
        unit="D01",
        line="access",
        position="D01-02",
        head=False,
        assignments=[assignment],
        active=True,
        by="office",
    )
    kind = event_type(person)
    assert kind.load(loads(dumps(kind.dump(person)))) == person


def test_decimals_travel_as_text() -> None:
    raw = event_type(MONTH).dump(MONTH)
    assert raw["figures"]["absence"]["absent"] == "0.5"


@pytest.mark.parametrize(
    "change", [{"revision": "3"}, {"revision": None}, {"surplus": 1}, {"figures": {"a": {"b": "x"}}}]
)
def test_what_does_not_fit_is_refused(change: dict[str, object]) -> None:
    kind = event_type(MONTH)
    with pytest.raises(ValidationError):
        kind.load({**kind.dump(MONTH), **change})


def test_a_missing_field_is_refused() -> None:
    kind = event_type(MONTH)
    raw = kind.dump(MONTH)
    del raw["month"]
    with pytest.raises(ValidationError):
        kind.load(raw)


def test_a_wire_name_is_declared_once() -> None:
    class AttendanceMonthChanged:
        bureau: str

    with pytest.raises(ValueError, match="declared twice"):
        event(owner="attendance", consumers=(), key=("bureau",))(AttendanceMonthChanged)


def test_every_event_carries_its_bureau_a_revision_and_who_did_it() -> None:
    for kind in REGISTRY.values():
        names = {field.name for field in dataclasses.fields(kind.cls)}
        assert {"bureau", "revision", "by"} <= names, kind.wire_name
        assert set(kind.key) <= names, kind.wire_name
