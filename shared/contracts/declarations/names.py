"""Names beside codes in the lists of items."""

from typing import Any

from marshmallow import fields

from shared.contracts.shapes import Document, described


def name_of(what: str = "", *, nullable: bool = False) -> fields.String:
    """Return the field for the name of the person or unit whose code stands beside it."""
    options: dict[str, Any] = {"required": True, "allow_none": nullable}
    return fields.String(**described(what, options))


class ItemNames(Document):
    subject_name = name_of()
    unit_name = name_of()
    indicator_name = name_of("null while the library has not told it", nullable=True)
