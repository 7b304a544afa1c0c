"""Lists that can be searched, sorted, counted and scrolled, and what their items tell of the reader's choices."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from shared.contracts.shapes import Command, Document, SearchQuery, StepRefusal, cycle_of, day, listing, word


class CycleList(SearchQuery):
    cycle = cycle_of(required=True)


class DueRange(SearchQuery):
    due_from = day("the first day due")
    due_to = day("the last day due")


class Choices(Document):
    why_not = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(StepRefusal),
        required=True,
        metadata={
            "description": "step -> why not, where a reader would expect to take it: own items, decided ones, what is not due yet"
        },
    )


def may_take(steps: Iterable[str]) -> fields.List[Any]:
    """Return the field for the steps that the reader may take now, by the commands' own checks."""
    return listing(word(steps), "the steps that the reader may take now")


def waiting_for(steps: Mapping[str, str]) -> fields.String:
    """Return the field for a selection: only what waits for this step of the reader's."""
    return word(steps, "only those in which one may take this step now")


class Batched(Command):
    """A list that is decided."""

    mode = word(
        ("all", "each"),
        "all or none, or each by itself: what is refused is told beside what is done",
        load_default="all",
    )


class LeftOut(Document):
    row = fields.Integer(required=True, metadata={"description": "its place among the entries, from 0"})
    item = fields.String(required=True)
    field = fields.String()
    alias = fields.String()
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Outcomes(Document):
    refused = fields.List(fields.Nested(LeftOut), metadata={"description": "in the mode `each`"})
