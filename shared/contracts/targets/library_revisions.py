"""The revisions of a cycle's library and what distinguishes them: 指标库版本."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, listing, paged, whole, word
from shared.contracts.targets.cycles import CycleKey
from shared.contracts.targets.fields import cell, cycle_code, edition
from shared.vocabulary.library import CLAIM_EFFECTS, LIBRARY_STATES


class RevisionDocument(Document):
    library_revision = fields.Integer(required=True)
    status = word(LIBRARY_STATES, required=True)
    effective = fields.Date(required=True, allow_none=True)
    note = fields.String(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    published_by = fields.String(required=True, allow_none=True)


class DifferenceQuery(Command):
    cycle = cycle_code()
    older = whole(0, 10_000, "the one in force where absent; 0: nothing", load_default=None, allow_none=True)
    newer = edition("the draft where absent")


class BriefIndicator(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    full_points = Exact(required=True)
    line = fields.String(required=True)


class FieldChange(Document):
    field = fields.String(required=True)
    before = cell(required=True)
    after = cell(required=True)


class IndicatorChange(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    differences = listing(FieldChange)


class Reweighted(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    before = Exact(required=True)
    after = Exact(required=True)


class Renumbered(Document):
    name = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class ClaimEffect(Document):
    indicator = fields.String(required=True)
    effect = word(CLAIM_EFFECTS, required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    claims = fields.Integer(required=True)
    quantity = Exact(required=True)
    subjects = listing(fields.String(), "the first 50")


class TargetChange(Document):
    indicator = fields.String(required=True)
    before = Exact(required=True, allow_none=True)
    after = Exact(required=True, allow_none=True)
    allocated = Exact(required=True)
    claimed_by_units = Exact(required=True)
    claimed_by_persons = Exact(required=True)


class DifferenceDocument(Document):
    older = fields.Integer(required=True)
    newer = fields.Integer(required=True)
    added = listing(BriefIndicator)
    removed = listing(BriefIndicator)
    reweighted = listing(Reweighted)
    changed = listing(IndicatorChange)
    renumbered = listing(Renumbered)
    claims = listing(ClaimEffect)
    targets = listing(TargetChange)


library_revisions = Family(
    "targets", "library_revisions", "指标库版本 the revisions of a library and their differences"
)

list_library_revisions = library_revisions.get(
    "/cycles/<cycle>/library/revisions", "list_library_revisions", CycleKey, paged(RevisionDocument), may="anyone"
)("指标库版本 every revision, oldest first")
compare_libraries = library_revisions.get(
    "/cycles/<cycle>/library/difference", "compare_libraries", DifferenceQuery, DifferenceDocument, may="anyone"
)("版本差异 what a revision adds, removes and reweights, and what it does to claims already made")
