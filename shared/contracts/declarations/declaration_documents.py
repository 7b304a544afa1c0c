"""Declarations as they are answered."""

from marshmallow import fields

from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.declarations.steps import FIRST_FIRST, StepDocument
from shared.contracts.shapes import Document, Exact, counts, flag, listing, word
from shared.vocabulary.declarations import (
    DECIDING_COMMANDS,
    DECLARATION_STATES,
    DECLARATION_STEPS,
    VERIFIERS,
    VERSION_ENDS,
)
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS

COMMANDS = (*DECIDING_COMMANDS, "declare", "withdraw", "take_back")


class Told(Document):
    """What was taken and yet should be looked at: missing evidence, a target that nobody claimed."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class DeclarationOutcome(Document):
    declaration = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = word(DECLARATION_STATES, required=True)
    counts = counts(required=True)
    self_points = Exact(required=True)
    points = Exact(required=True, metadata={"description": "by the rule, from the counts that stand"})
    not_applicable = fields.Boolean(required=True)
    differs = flag("from the machine's counts", required=True)
    warnings = fields.List(fields.Nested(Told), metadata={"description": "to declarer and verifier"})


class RefusedEntry(Document):
    """Why one entry was left out."""

    row = fields.Integer(required=True, metadata={"description": "its place among the entries, from 0"})
    field = fields.String()
    alias = fields.String()
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    declaration = fields.String(metadata={"description": "where the entry names one"})
    indicator = fields.String(metadata={"description": "of an entry to declare, with subject and period"})
    subject = fields.String()
    period = fields.String()


class DeclarationOutcomes(Document):
    declarations = listing(DeclarationOutcome)
    refused = fields.List(fields.Nested(RefusedEntry), metadata={"description": "in the mode `each`"})


class Quantity(Document):
    key = fields.String(required=True)
    label = fields.String(required=True, metadata={"description": "what it is called, in Chinese"})
    unit = fields.String(required=True, metadata={"description": "in which it is measured; may be empty"})
    machine = Exact(required=True, allow_none=True)
    declared = Exact(required=True, allow_none=True)


class WhyNot(Document):
    code = fields.String(required=True)
    zh = fields.String(required=True)


class WhyNots(Document):
    """Of each command that is not the reader's to give, why."""

    verify = fields.Nested(WhyNot)
    assess = fields.Nested(WhyNot)
    return_ = fields.Nested(WhyNot, data_key="return")
    record = fields.Nested(WhyNot)
    declare = fields.Nested(WhyNot)
    withdraw = fields.Nested(WhyNot)
    take_back = fields.Nested(WhyNot)


class DeclarationState(DeclarationOutcome):
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    machine = counts(required=True, allow_none=True)
    target = Exact(required=True, allow_none=True)
    remark = fields.String(required=True)
    evidence = listing(fields.String())
    reason = fields.String(required=True, metadata={"description": "of the last return or correction"})
    declared_by = fields.String(required=True)
    verified_by = fields.String(required=True, allow_none=True)
    assessed_by = fields.String(required=True, allow_none=True)
    verifier = word(VERIFIERS, "who verifies: the head, or for machine figures their desk", required=True)
    verified_for = fields.String(required=True, allow_none=True, metadata={"description": "who had delegated it"})
    assessed_for = fields.String(required=True, allow_none=True)
    arrived_on = fields.Date(required=True, allow_none=True, metadata={"description": "where it is now"})
    due_on = fields.Date(required=True, allow_none=True, metadata={"description": "deadline of the next step"})
    escalates_on = fields.Date(required=True, allow_none=True)
    machine_now = counts("where it changed after the declaration", required=True, allow_none=True)


class DeclarationDocument(DeclarationState, ItemNames):
    """A declaration as it stands, with the names that were borne on the last day of its period."""

    category = word(CATEGORIES, required=True, allow_none=True)
    measure_unit = fields.String(required=True, allow_none=True)
    full_points = Exact(required=True, allow_none=True)
    assessor_name = name_of()
    declared_by_name = name_of()
    verified_by_name = name_of(nullable=True)
    verified_for_name = name_of(nullable=True)
    assessed_by_name = name_of(nullable=True)
    assessed_for_name = name_of(nullable=True)
    quantities = listing(Quantity)
    may = fields.List(word(COMMANDS), metadata={"description": "what the reader may do to it; in lists on request"})
    why_not = fields.Nested(WhyNots, metadata={"description": "beside `may`"})


class DeclarationStep(StepDocument):
    step = word(DECLARATION_STEPS, required=True)


class DeclarationVersion(Document):
    revision = fields.Integer(required=True)
    command = word(VERSION_ENDS, "what ended it", required=True)
    by = fields.String(required=True)
    reason = fields.String(required=True)
    on = fields.Date(required=True)
    state = fields.Nested(DeclarationState, required=True)


class DeclarationWithHistory(DeclarationDocument):
    history = listing(DeclarationVersion)
    steps = listing(DeclarationStep, FIRST_FIRST)
    explanation = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the arithmetic; null: none, or the rule changed since"},
    )
