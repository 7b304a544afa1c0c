"""What the requests on a cycle's targets begin with."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.shapes import Command, Document, PageQuery, SearchQuery, described
from shared.contracts.targets.fields import cycle_code


class OneCycle(Command):
    cycle = cycle_code()


class CyclePage(PageQuery):
    cycle = cycle_code()


class CycleSearch(SearchQuery):
    cycle = cycle_code()


class NamedItem(Document):
    indicator_name = fields.String(
        required=True, allow_none=True, metadata={"description": "in the library in force; null: no longer in it"}
    )
    measure_unit = fields.String(required=True, allow_none=True)


class WhyNotDocument(Document):
    """A step that a reader would expect and may not take now."""

    step = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


def subject_or_bureau(description: str = "a unit, a person, or * for the bureau", **options: Any) -> fields.String:
    return fields.String(validate=Regexp(r"^(\*|[A-Za-z0-9][A-Za-z0-9-]{0,19})\Z"), **described(description, options))
