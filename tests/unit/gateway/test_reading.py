import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reading import DEPTH, LARGEST, parse_json
from shared.errors import BadRequest

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcd", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_ordinary_json_is_read_as_the_standard_library_reads_it(value):
    raw = json.dumps(value).encode()
    assert parse_json(raw) == json.loads(raw)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_bad_request(raw):
    with suppress(BadRequest):
        parse_json(raw)


@given(st.text(max_size=100))
def test_no_text_raises_anything_but_a_bad_request(text):
    with suppress(BadRequest):
        parse_json(text.encode("utf-8", "surrogatepass"))


def test_fractions_arrive_as_exact_decimals():
    assert parse_json(b'{"points": 0.1}') == {"points": Decimal("0.1")}
    assert isinstance(parse_json(b"0.1"), Decimal)


@pytest.mark.parametrize(
    "raw", [b"1e41", b"1e-41", b"1e999999999", b"-1e400", b"0." + b"1" * 60, b"NaN", b"-Infinity", b"9007199254740992"]
)
def test_numbers_out_of_bounds_are_refused(raw):
    with pytest.raises(BadRequest) as raised:
        parse_json(raw)
    assert raised.value.code == "request.number"


def test_nesting_is_allowed_up_to_the_bound():
    assert parse_json(b"[" * (DEPTH - 1) + b"]" * (DEPTH - 1))
    with pytest.raises(BadRequest):
        parse_json(b"[" * (DEPTH + 1) + b"1" + b"]" * (DEPTH + 1))


@pytest.mark.parametrize("raw", [b'"\\u0000"', b'["a\\u0000"]', b'{"\\u0000": 1}', b'{"a": {"b": ["\\udfff"]}}'])
def test_what_postgresql_cannot_store_is_refused_wherever_it_stands(raw):
    with pytest.raises(BadRequest) as raised:
        parse_json(raw)
    assert raised.value.code == "request.characters"
