"""Who was where: places held on a day, or from one day to another."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Document, PageQuery, line_code, paged, word
from shared.contracts.targets.fields import code, day
from shared.vocabulary.organisation import PLACE_KINDS


class PlaceQuery(PageQuery):
    """Who was where, on a day or from one day to another."""

    on = day("a day; today where absent", load_default=None, allow_none=True)
    since = day("or every place held from this day", load_default=None, allow_none=True)
    until = day("to this one", load_default=None, allow_none=True)
    unit = code(load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    person = code(load_default=None, allow_none=True)
    kind = word(PLACE_KINDS, load_default=None, allow_none=True)

    @validates_schema
    def one_span(self, data: dict[str, Any], **_options: Any) -> None:
        since, until = data.get("since"), data.get("until")
        if data.get("on") and (since or until):
            raise ValidationError("a day, or since and until", "on")
        if until and (since is None or until < since):
            raise ValidationError("until goes with a since before it", "until")


class HeldPlace(Document):
    person = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True, metadata={"description": "what it was called then"})
    line = fields.String(required=True)
    line_name = fields.String(required=True, allow_none=True)
    position = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    head = fields.Boolean(required=True)
    kind = word(PLACE_KINDS, required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)
    days = fields.Integer(required=True, metadata={"description": "of the place within the span asked for"})


places = Family("targets", "places", "任职查询 who was where")

list_places = places.get("/places", "list_places", PlaceQuery, paged(HeldPlace), may="anyone")(
    "谁在何处 who was where on a day, or from one day to another"
)
