"""Vetoes: facts that strike a subject from the 先进 list."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.lists import Batched, Choices, CycleList, Outcomes, may_take, waiting_for
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    batch,
    code,
    day,
    indicator_of,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
    word,
)
from shared.vocabulary.checking import APPEAL_STATES, VETO_CHOICES, VETO_SOURCES, VETO_STATES
from shared.vocabulary.organisation import LAYERS


class NewVeto(Command):
    indicator = code(required=True)
    subject = code(required=True)
    reason = needed_text(description="the fact")
    source = word(VETO_SOURCES, "where the fact comes from", load_default="section")
    source_ref = code("number of the document, id of the inspection", load_default=None, allow_none=True)
    evidence = evidence_lines()
    fact_on = day("on which it happened", load_default=None, allow_none=True)


class NewVetoes(OneCycle):
    vetoes = batch(NewVeto)


class ChosenVeto(Command):
    veto = code(required=True)
    revision = revision()


class DecidedVetoes(OneCycle, Batched):
    decision = note(description="the panel's words; to lift: required", load_default="")
    vetoes = batch(ChosenVeto)


class VetoQuery(CycleList):
    waiting = waiting_for(VETO_CHOICES)
    sort = sort("subject", "indicator", "status")
    status = word(VETO_STATES)
    subject = code()
    indicator = indicator_of()


class VetoOutcome(Document):
    veto = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    status = word(VETO_STATES, required=True)
    reason = fields.String(required=True)
    decision = fields.String(required=True)
    source = word(VETO_SOURCES, required=True)
    fact_on = fields.Date(required=True, allow_none=True)


class VetoOutcomes(Outcomes):
    vetoes = listing(VetoOutcome)


class VetoDocument(VetoOutcome, ItemNames, Choices):
    may = may_take(VETO_CHOICES)
    cycle = fields.String(required=True)
    unit = fields.String(required=True)
    proposed_by = fields.String(required=True)
    proposed_by_name = name_of()
    decided_by = fields.String(required=True, allow_none=True)
    decided_by_name = name_of(nullable=True)
    decided_on = fields.Date(required=True, allow_none=True)
    source_ref = fields.String(required=True, allow_none=True)
    evidence = listing(fields.String())
    appeal = word(APPEAL_STATES, "of the newest appeal; null where there is none", required=True, allow_none=True)


vetoes = Family("declarations", "vetoes", "否决项 vetoes")

propose_vetoes = vetoes.post(
    "/vetoes", "propose_vetoes", NewVetoes, VetoOutcomes, may="check_proposes_veto", status=201
)("提出否决 propose vetoes")
list_vetoes = vetoes.get("/vetoes", "list_vetoes", VetoQuery, paged(VetoDocument), may="anyone")(
    "否决列表 vetoes that one may see"
)
confirm_vetoes = vetoes.post(
    "/vetoes/confirm", "confirm_vetoes", DecidedVetoes, VetoOutcomes, may="check_decides_veto"
)("认定 the panel confirms")
lift_vetoes = vetoes.post("/vetoes/lift", "lift_vetoes", DecidedVetoes, VetoOutcomes, may="check_decides_veto")(
    "撤销 the panel lifts"
)
