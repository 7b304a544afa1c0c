"""Events on the wire: what was once sent is understood for ever. A changed shape is a new version, never a changed sample."""

import json
from pathlib import Path
from typing import Any

import pytest
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
