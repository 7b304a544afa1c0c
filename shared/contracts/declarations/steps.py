"""Who did what to an item, for whom, when and why."""

from marshmallow import fields

from shared.contracts.declarations.names import name_of
from shared.contracts.shapes import Document, code


class StepDocument(Document):
    """The document of each kind of item adds the words of its ``step``."""

    by = code(required=True)
    by_name = name_of()
    for_ = fields.String(data_key="for", required=True, allow_none=True, metadata={"description": "who delegated it"})
    for_name = name_of(nullable=True)
    at = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)


FIRST_FIRST = "what was done to it, the first first"
