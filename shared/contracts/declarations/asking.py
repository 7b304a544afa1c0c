"""What many requests of declarations have in common."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.shapes import Command, PageQuery, code, cycle_of, indicator_of, note, period_of


def evidence_lines() -> fields.List[str]:
    """Return the field for what stands behind something: `evidence:<code>` names a file, any other line is a text."""
    return fields.List(note(), load_default=list, validate=Length(max=50))


class OneCycle(Command):
    cycle = code(required=True)


class CyclePage(PageQuery):
    cycle = cycle_of(required=True)


class ItemsQuery(CyclePage):
    """The filters of every list of items; each list has its own words for ``status``."""

    period = period_of()
    unit = code()
    assessor = code("of the assessing unit, or `panel`")
    subject = code()
    indicator = indicator_of()
