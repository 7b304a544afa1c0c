"""What spot checks and inspections answer."""

from marshmallow import fields

from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.shapes import Document, Exact, counts, listing, word
from shared.vocabulary.checking import (
    CHECKED_KINDS,
    CORRECTION_CAUSES,
    INSPECTION_STATES,
    SAMPLING_METHODS,
    SEVERITIES,
    SPOT_CHECK_KINDS,
    SPOT_CHECK_STATES,
    VERDICTS,
)
from shared.vocabulary.organisation import LAYERS


class StratumDocument(Document):
    population = fields.Integer(required=True)
    sample = fields.Integer(required=True)


class BoundDocument(Document):
    at_most = Exact(required=True, metadata={"description": "share of the whole"})
    confidence = Exact(required=True)
    bound = fields.String(required=True, metadata={"description": "how it was computed"})


class FiguresDocument(Document):
    """Empty until the check is closed; without bounds where the items were chosen, not drawn."""

    checked = fields.Integer()
    confirmed = fields.Integer()
    corrected = fields.Integer()
    false = fields.Integer()
    accepted = fields.Boolean(
        allow_none=True, metadata={"description": "by the plan's acceptance number; null without a plan"}
    )
    accepted_by_stratum = fields.Dict(
        keys=fields.String(),
        values=fields.Boolean(allow_none=True),
        metadata={"description": "each by the plan of its own lot; null where its sample is too small to tell"},
    )
    false_rate = fields.Nested(BoundDocument)
    wrong_rate = fields.Nested(BoundDocument)


class ScopeDocument(Document):
    """What the list was taken from; empty for a check on the spot."""

    line = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    indicator = fields.String(allow_none=True)
    kinds = fields.List(word(CHECKED_KINDS))


class MethodDocument(Document):
    """How the sample's size was found, with every parameter it used; empty for a check on the spot."""

    name = word(SAMPLING_METHODS)
    level = fields.String()
    aql = Exact()
    severity = word(SEVERITIES)
    letter = fields.String()
    accept = fields.Integer()
    reject = fields.Integer()
    rate = Exact()
    size = fields.Integer()
    expected = fields.Integer()
    confidence = Exact()
    strata = fields.Boolean()
    floor = Exact()


class SpotCheckOutcome(Document):
    spot_check = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = word(SPOT_CHECK_STATES, required=True)
    title = fields.String(required=True)
    population = fields.Integer(required=True)
    sample = fields.Integer(required=True)
    strata = fields.Dict(keys=fields.String(), values=fields.Nested(StratumDocument), required=True)
    commitment = fields.String(required=True, metadata={"description": "SHA-256 of the frozen list"})
    value_name = fields.String(required=True)
    value_due = fields.Date(required=True, allow_none=True)
    value = fields.String(required=True, allow_none=True)
    figures = fields.Nested(FiguresDocument, required=True)


class AssignedInspection(Document):
    inspection = fields.String(required=True)
    revision = fields.Integer(required=True)
    kind = word(CHECKED_KINDS, required=True)
    item = fields.String(required=True)
    status = word(INSPECTION_STATES, required=True)
    inspector = fields.String(required=True, allow_none=True)


class SpotCheckOnTheSpot(SpotCheckOutcome):
    inspections = listing(AssignedInspection)


class SpotCheckDocument(SpotCheckOutcome):
    cycle = fields.String(required=True)
    kind = word(SPOT_CHECK_KINDS, required=True)
    reason = fields.String(required=True)
    period = fields.String(required=True, allow_none=True)
    scope = fields.Nested(ScopeDocument, required=True)
    method = fields.Nested(MethodDocument, required=True)
    veto_indicator = fields.String(required=True)
    pool = listing(fields.String())
    announced_by = fields.String(required=True)
    announced_by_name = name_of()
    announced_at = fields.AwareDateTime(required=True)
    drawn_by = fields.String(required=True, allow_none=True)
    drawn_by_name = name_of(nullable=True)
    drawn_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)
    closed_by_name = name_of(nullable=True)
    closed_on = fields.Date(required=True, allow_none=True)


class DrawnItem(Document):
    kind = word(CHECKED_KINDS, required=True)
    item = fields.String(required=True)
    probability = fields.String(required=True, metadata={"description": "of being drawn, as a fraction"})
    inspectors = listing(fields.String(), "the last one inspects")


class DrawDocument(Document):
    bureau = fields.String(required=True, metadata={"description": "stands in the list that was hashed"})
    cycle = fields.String(required=True)
    spot_check = fields.String(required=True)
    title = fields.String(required=True)
    commitment = fields.String(required=True)
    value_name = fields.String(required=True)
    value = fields.String(required=True)
    announced_at = fields.AwareDateTime(required=True)
    drawn_at = fields.AwareDateTime(required=True)
    list_ = fields.String(required=True, data_key="list", metadata={"description": "the text that was hashed"})
    sample = listing(DrawnItem)


class InspectionOutcome(AssignedInspection):
    verdict = word(VERDICTS, required=True, allow_none=True)
    veto = fields.String(required=True, allow_none=True, metadata={"description": "proposed for a false one"})
    points_before = Exact(required=True, allow_none=True)
    points_after = Exact(required=True, allow_none=True)


class InspectionOutcomes(Document):
    inspections = listing(InspectionOutcome)


class RecusalDocument(Document):
    person = fields.String(required=True)
    reason = fields.String(required=True)
    on = fields.Date(required=True)


class InspectionDocument(InspectionOutcome, ItemNames):
    cycle = fields.String(required=True)
    spot_check = fields.String(required=True)
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    place = fields.Integer(required=True, metadata={"description": "in the order drawn"})
    stratum = fields.String(required=True)
    probability = fields.String(required=True)
    excluded = listing(fields.String(), "who had a part in the item")
    recused = listing(RecusalDocument, "who stood back")
    text = fields.String(required=True)
    evidence = listing(fields.String())
    inspector_name = name_of(nullable=True)
    counts_before = counts(required=True, allow_none=True)
    counts_after = counts(required=True, allow_none=True)
    found_by = fields.String(required=True, allow_none=True)
    found_by_name = name_of(nullable=True)
    found_on = fields.Date(required=True, allow_none=True)


class Correction(Document):
    cycle = fields.String(required=True)
    kind = word(CHECKED_KINDS, required=True)
    item = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "the one that it made"})
    cause = word(CORRECTION_CAUSES, required=True)
    reference = fields.String(required=True, metadata={"description": "id of the check or appeal"})
    by = fields.String(required=True)
    by_name = name_of()
    reason = fields.String(required=True)
    on = fields.Date(required=True)
    counts_before = counts(required=True)
    counts_after = counts(required=True)
    points_before = Exact(required=True)
    points_after = Exact(required=True)


class Corrections(Document):
    items = listing(Correction)
