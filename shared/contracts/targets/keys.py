"""What the requests on a cycle's targets begin with."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.shapes import Command, PageQuery, described
from shared.contracts.targets.fields import cycle_code


class OneCycle(Command):
    cycle = cycle_code()


class CyclePage(PageQuery):
    cycle = cycle_code()


def subject_or_bureau(description: str = "a unit, a person, or * for the bureau", **options: Any) -> fields.String:
    return fields.String(validate=Regexp(r"^(\*|[A-Za-z0-9][A-Za-z0-9-]{0,19})\Z"), **described(description, options))
