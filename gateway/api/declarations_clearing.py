"""Many declarations by one decision: what agrees with the rule is cleared, what is assessed is recorded."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Range

from gateway.api.core import LIMIT, Command, Document, blueprint, text
from gateway.api.declarations import DeclarationOutcomes, Verification
from gateway.rpc import call

clearing = blueprint("declarations_clearing", "批量核评与归档 clearing and recording declarations")


class Selection(Command):
    cycle = text(100, required=True)
    period = text(100)
    unit = text(100)
    indicator = text(100)
    subject = text(100)
    assessor = text(100)


class ClearedSelection(Selection):
    expected = fields.Integer(required=True, strict=True, validate=Range(1, LIMIT))
    etag = text(100, required=True, metadata={"description": "as previewed; refused (409) where anything has changed"})


class RecordedPeriod(Selection):
    period = text(100, required=True)


class Preview(Document):
    waiting = fields.Integer(required=True, metadata={"description": "to be assessed by you, all of them"})
    agreeing = fields.Integer(required=True, metadata={"description": "of them, with rule and machine alike"})
    expected = fields.Integer(required=True, metadata={"description": "cleared by the next decision"})
    etag = fields.String(required=True)


class Recorded(Document):
    recorded = fields.Integer(required=True)
    left = fields.Integer(required=True, metadata={"description": "of the selection: ask again"})


@clearing.route("/declarations/clearing")
@clearing.arguments(Selection, location="query")
@clearing.response(200, Preview)
def preview_clearing(query: dict[str, Any]) -> dict[str, Any]:
    """批量核评预览 what one decision would clear: self-score as computed, no difference from the machine"""
    return call("declarations", "preview_clearing", query, read=True)


@clearing.route("/declarations/clear", methods=["POST"])
@clearing.arguments(ClearedSelection)
@clearing.response(200, DeclarationOutcomes)
def clear_declarations(command: dict[str, Any]) -> dict[str, Any]:
    """批量核评 assess all that was previewed, as declared"""
    return call("declarations", "clear_declarations", command)


@clearing.route("/declarations/record", methods=["POST"])
@clearing.arguments(Verification)
@clearing.response(200, DeclarationOutcomes)
def record_declarations(command: dict[str, Any]) -> dict[str, Any]:
    """归档 record what was assessed: only an appeal or a spot check changes it from then on"""
    return call("declarations", "record_declarations", command)


@clearing.route("/declarations/record-period", methods=["POST"])
@clearing.arguments(RecordedPeriod)
@clearing.response(200, Recorded)
def record_period(command: dict[str, Any]) -> dict[str, Any]:
    """按期归档 record up to 500 assessed items of a period"""
    return call("declarations", "record_period", command)
