"""Vetoes: facts that strike a subject from the 先进 list."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.rpc import call

vetoes = blueprint("vetoes", "否决项 vetoes")


class NewVeto(Command):
    indicator = text(100, required=True)
    subject = text(100, required=True)
    reason = text(4000, required=True, metadata={"description": "the fact"})
    source = fields.String(
        validate=OneOf(["section", "spot_check", "inspectorate", "other"]),
        metadata={"description": "where the fact comes from; by default section"},
    )
    source_ref = text(100, allow_none=True, metadata={"description": "number of the document, id of the inspection"})
    evidence = fields.List(text(4000), validate=Length(max=50))
    fact_on = fields.Date(allow_none=True, metadata={"description": "the day on which it happened"})


class NewVetoes(Command):
    cycle = text(100, required=True)
    vetoes = batch(NewVeto)


class ChosenVeto(Command):
    veto = text(100, required=True)
    revision = whole(1)


class DecidedVetoes(Command):
    cycle = text(100, required=True)
    decision = fields.String(
        validate=Length(max=4000), metadata={"description": "the panel's words; to lift: required"}
    )
    vetoes = batch(ChosenVeto)


class VetoQuery(PageQuery):
    cycle = text(100, required=True)
    status = text(100)
    subject = text(100)
    indicator = text(100)


class VetoOutcome(Document):
    veto = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "proposed, confirmed, lifted"})
    reason = fields.String(required=True)
    decision = fields.String(required=True)
    source = fields.String(required=True)
    fact_on = fields.Date(required=True, allow_none=True)


class VetoOutcomes(Document):
    vetoes = fields.List(fields.Nested(VetoOutcome), required=True)


class VetoDocument(VetoOutcome):
    cycle = fields.String(required=True)
    unit = fields.String(required=True)
    proposed_by = fields.String(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_on = fields.Date(required=True, allow_none=True)
    source_ref = fields.String(required=True, allow_none=True)
    evidence = fields.List(fields.String(), required=True)
    appeal = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "of the newest appeal: filed, upheld, changed, withdrawn; null where there is none"},
    )


@vetoes.route("/vetoes", methods=["POST"])
@vetoes.arguments(NewVetoes)
@vetoes.response(201, VetoOutcomes)
def propose_vetoes(command: dict[str, Any]) -> dict[str, Any]:
    """提出否决 propose vetoes"""
    return call("declarations", "propose_vetoes", command)


@vetoes.route("/vetoes")
@vetoes.arguments(VetoQuery, location="query")
@vetoes.response(200, paged(VetoDocument))
def list_vetoes(query: dict[str, Any]) -> dict[str, Any]:
    """否决列表 vetoes that one may see"""
    return call("declarations", "list_vetoes", query, read=True)


@vetoes.route("/vetoes/confirm", methods=["POST"])
@vetoes.arguments(DecidedVetoes)
@vetoes.response(200, VetoOutcomes)
def confirm_vetoes(command: dict[str, Any]) -> dict[str, Any]:
    """认定 the panel confirms"""
    return call("declarations", "confirm_vetoes", command)


@vetoes.route("/vetoes/lift", methods=["POST"])
@vetoes.arguments(DecidedVetoes)
@vetoes.response(200, VetoOutcomes)
def lift_vetoes(command: dict[str, Any]) -> dict[str, Any]:
    """撤销 the panel lifts"""
    return call("declarations", "lift_vetoes", command)
