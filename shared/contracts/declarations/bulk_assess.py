"""Many declarations by one decision: what agrees with the rule is cleared, what is assessed is recorded."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.declaration_documents import DeclarationOutcomes
from shared.contracts.declarations.declarations import Filters, Verification
from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Document, code, whole, word
from shared.vocabulary.declarations import DECIDING_COMMANDS


class Selection(OneCycle, Filters):
    pass


class PreviewQuery(Selection):
    command = word(DECIDING_COMMANDS, "what is to be decided by one decision", load_default="assess")


class ClearedSelection(Selection):
    expected = whole(1, LIMIT, "as previewed", required=True)
    etag = code("as previewed; refused (409) where anything has changed", required=True)


class RecordedPeriod(Selection):
    period = code(required=True)


class ClearingPreview(Document):
    waiting = fields.Integer(required=True, metadata={"description": "for this decision of yours, all of them"})
    agreeing = fields.Integer(required=True, metadata={"description": "of them, with rule and machine alike"})
    expected = fields.Integer(
        required=True,
        metadata={"description": "decided by the next decision: of what is to be assessed only what agrees"},
    )
    etag = fields.String(required=True)


class RecordedItems(Document):
    recorded = fields.Integer(required=True)
    left = fields.Integer(required=True, metadata={"description": "of the selection: ask again"})


clearing = Family("declarations", "declarations_clearing", "批量核评与归档 clearing and recording declarations")

preview_clearing = clearing.get(
    "/declarations/clearing", "preview_clearing", PreviewQuery, ClearingPreview, may="anyone"
)(
    "批量预览 what one decision would clear (self-score as computed, no difference from the machine), verify, return, record"
)
clear_declarations = clearing.post(
    "/declarations/clear", "clear_declarations", ClearedSelection, DeclarationOutcomes, may="check_assess"
)("批量核评 assess all that was previewed, as declared")
record_declarations = clearing.post(
    "/declarations/record", "record_declarations", Verification, DeclarationOutcomes, may="check_record"
)("归档 record what was assessed: only an appeal or a spot check changes it from then on")
record_period = clearing.post(
    "/declarations/record-period", "record_period", RecordedPeriod, RecordedItems, may="check_record"
)("按期归档 record up to 500 assessed items of a period")
