"""Events on the wire: what was once sent is understood for ever. A changed shape is a new version, never a changed sample."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.events import REGISTRY
from shared.jsontext import dumps, loads

SAMPLES = Path(__file__).parent / "samples"


def samples(wire_name: str) -> list[dict[str, Any]]:
    states: list[dict[str, Any]] = json.loads((SAMPLES / f"{wire_name}.json").read_text(encoding="utf-8"))
    return states


def test_every_event_has_a_golden_sample_and_every_sample_an_event() -> None:
    assert {path.stem for path in SAMPLES.glob("*.json")} == set(REGISTRY)


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_a_golden_sample_is_read_and_written_back_the_same(wire_name: str) -> None:
    kind = REGISTRY[wire_name]
    for raw in samples(wire_name):
        assert loads(dumps(kind.dump(kind.load(raw)))) == raw


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_what_is_written_is_what_the_schema_says(wire_name: str) -> None:
    kind = REGISTRY[wire_name]
    for state in map(kind.load, samples(wire_name)):
        assert dumps(kind.dump(state)) == dumps(kind.schema.dump(state))


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_a_state_with_a_member_too_many_or_too_few_is_refused(wire_name: str) -> None:
    kind = REGISTRY[wire_name]
    raw = samples(wire_name)[0]
    with pytest.raises(ValidationError):
        kind.load({**raw, "surprise": 1})
    for name in raw:
        with pytest.raises(ValidationError):
            kind.load({key: value for key, value in raw.items() if key != name})


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["", "1", " 1.50 ", "1E+2", "NaN", "-Infinity", "x", "true", "on"])
    | st.sampled_from(["20260131", "2026-01-31", "2026-02-31", "2026-W05-6", "2026-01-31T08:00:00"])
    | st.sampled_from(["2026-01-31T08:00:00+08:00", "2026-01-31T08:00:00Z"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a state, the state itself first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in inside for place in places(inner, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


def read_by(load: Any, raw: Any) -> Any:
    """The state, or the reasons why it is none."""
    try:
        return load(raw)
    except ValidationError as error:
        return error.normalized_messages()


@given(st.data())
def test_what_is_read_straight_and_what_is_refused_is_what_the_schema_says(data: st.DataObject) -> None:
    kind = REGISTRY[data.draw(st.sampled_from(sorted(REGISTRY)))]
    raw: Any = data.draw(st.sampled_from(samples(kind.wire_name)))
    for _ in range(data.draw(st.integers(0, 2))):
        raw = put(raw, data.draw(st.sampled_from(places(raw))), data.draw(ANYTHING))
    assert read_by(kind.load, raw) == read_by(kind.load_slowly, raw)


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_what_we_write_is_read_straight(wire_name: str) -> None:
    kind = REGISTRY[wire_name]
    for raw in samples(wire_name):
        assert kind.read(raw) == kind.load_slowly(raw)


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_no_number_on_the_wire_is_a_float(wire_name: str) -> None:
    def walk(value: Any) -> None:
        assert not isinstance(value, float)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    for raw in samples(wire_name):
        walk(raw)


@pytest.mark.parametrize("wire_name", sorted(REGISTRY))
def test_a_state_carries_its_key_its_revision_and_who_did_it(wire_name: str) -> None:
    kind = REGISTRY[wire_name]
    assert {*kind.key, "revision", "by"} <= set(samples(wire_name)[0])
