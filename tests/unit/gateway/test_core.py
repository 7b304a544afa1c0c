from decimal import Decimal

import pytest
from flask import Flask
from marshmallow import ValidationError

from gateway.api.core import Command, Document, Exact, batch, if_match, paged, text, whole
from shared.errors import PreconditionFailed, Problem


class Line(Command):
    code = text(5, required=True)
    points = Exact()


class Lines(Command):
    lines = batch(Line, limit=3)


@pytest.mark.parametrize("value", ["1.5", 2, Decimal("0.000001"), "-999999999999", "1e3"])
def test_exact_takes_decimals_whole_or_as_text(value):
    assert Exact().deserialize(value) == Decimal(str(value))


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "1e12", "1e999999999", "0.0000001", True, [], {}, "", "x", "9" * 41, None]
)
def test_exact_refuses_what_is_no_bounded_decimal(value):
    with pytest.raises(ValidationError):
        Exact().deserialize(value)


def test_a_batch_holds_one_to_its_limit():
    assert Lines().load({"lines": [{"code": "a"}]})
    for lines in ([], [{"code": "a"}] * 4, {}, None, "x"):
        with pytest.raises(ValidationError):
            Lines().load({"lines": lines})


def test_unknown_fields_are_refused_inside_a_batch_too():
    with pytest.raises(ValidationError) as raised:
        Lines().load({"lines": [{"code": "a"}, {"code": "b", "colour": 1}]})
    assert raised.value.messages == {"lines": {1: {"colour": ["Unknown field."]}}}


@pytest.mark.parametrize("value", [1.0, "1", -1, 2**31, None])
def test_whole_takes_integers_in_range_only(value):
    with pytest.raises(ValidationError):
        whole().deserialize(value)


def test_one_item_has_one_page_document():
    class ThingDocument(Document):
        name = text()

    assert paged(ThingDocument) is paged(ThingDocument)
    assert paged(ThingDocument).__name__ == "ThingPage"


@pytest.fixture
def app():
    return Flask("test")


@pytest.mark.parametrize(("header", "revision"), [('"7"', 7), ('W/"7"', 7), ("7", 7), ("*", None)])
def test_if_match_names_a_revision(app, header, revision):
    with app.test_request_context(headers={"If-Match": header}):
        assert if_match() == revision


@pytest.mark.parametrize("header", ["", "x", '"-1"', '"1.0"', '"' + "9" * 10 + '"', '"٣"', '"1", "2"'])
def test_another_if_match_fails_the_precondition(app, header):
    with app.test_request_context(headers={"If-Match": header}), pytest.raises(PreconditionFailed):
        if_match()


def test_a_missing_if_match_is_asked_for_where_it_is_needed(app):
    with app.test_request_context():
        assert if_match(required=False) is None
        with pytest.raises(Problem) as raised:
            if_match()
        assert raised.value.status == 428
