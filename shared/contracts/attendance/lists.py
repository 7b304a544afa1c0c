"""Lists of what concerns people or clocks: what they may be asked for by, and the names they tell."""

from marshmallow import fields

from shared.contracts.shapes import Document, PageQuery, SearchQuery, day, text


class PeopleQuery(SearchQuery):
    """``from`` and ``to``: the days, both included."""

    class Meta(SearchQuery.Meta):
        include = {"from": day("the first day", load_default=None)}  # noqa: RUF012  # as the library declares it

    person = text(20, load_default=None)
    unit = text(20, "where the person works", load_default=None)
    to = day("the last day", load_default=None)


class DaysQuery(PageQuery):
    """``from`` and ``to``: the days, both included."""

    class Meta(PageQuery.Meta):
        include = {"from": day("the first day", load_default=None)}  # noqa: RUF012  # as the library declares it

    to = day("the last day", load_default=None)


class NamedDocument(Document):
    """What tells whom it concerns by name; null where nobody is known by the code."""

    person_name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True)
