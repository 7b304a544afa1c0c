"""Ways back from a draft: what was changed, taken back one by one, or all of it thrown away."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, listing, paged, revision, whole, word
from shared.contracts.targets.cycles import CycleDocument
from shared.contracts.targets.fields import cycle_code
from shared.contracts.targets.keys import WhyNotDocument
from shared.contracts.targets.library import DraftReport
from shared.vocabulary.library import DRAFT_CHANGE_STATES, DRAFT_CHANGES


class DraftRevision(Command):
    cycle = cycle_code()
    revision = revision("of the draft", load_default=None, allow_none=True)


class DraftChangesQuery(PageQuery):
    cycle = cycle_code()


class DraftChangeKey(DraftRevision):
    change = whole(1)


class CycleRevision(Command):
    cycle = cycle_code()
    revision = revision("of the cycle", load_default=None, allow_none=True)


def _cells(description: str) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": description},
    )


class DraftChangeDocument(Document):
    change = fields.Integer(required=True)
    library_revision = fields.Integer(required=True)
    action = word(DRAFT_CHANGES, required=True)
    indicator = fields.String(required=True, allow_none=True)
    indicator_name = fields.String(required=True, allow_none=True)
    before = _cells("its row of the sheet as it was; null: there was none")
    after = _cells("its row of the sheet since; null: there is none")
    proposal = fields.String(
        required=True, allow_none=True, metadata={"description": "the accepted one that it comes from"}
    )
    takes_back = fields.Integer(required=True, allow_none=True, metadata={"description": "the change it takes back"})
    status = word(DRAFT_CHANGE_STATES, required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    may = listing(fields.String(), "take_back")
    why_not = listing(WhyNotDocument)


class DiscardedDraft(Document):
    library_revision = fields.Integer(required=True, metadata={"description": "of the draft that is gone"})
    indicators = fields.Integer(required=True, metadata={"description": "how many it held"})
    revision = fields.Integer(required=True)


drafts = Family("targets", "drafts", "草稿的撤回与作废 drafts of library and year: changes taken back, all thrown away")

list_draft_changes = drafts.get(
    "/cycles/<cycle>/library/draft/changes",
    "list_draft_changes",
    DraftChangesQuery,
    paged(DraftChangeDocument),
    may="may_see_drafts",
)("草稿修改记录 what was done to the drafts, newest first, with what can be taken back")
take_back_draft_change = drafts.post(
    "/cycles/<cycle>/library/draft/changes/<int:change>/take-back",
    "take_back_draft_change",
    DraftChangeKey,
    DraftReport,
    may="may_manage_cycle",
    if_match="optional",
    etag=True,
)("撤回一处修改 the indicator is as it was before; a removed one is there again")
discard_draft = drafts.delete(
    "/cycles/<cycle>/library/draft",
    "discard_draft",
    DraftRevision,
    DiscardedDraft,
    may="may_manage_cycle",
    if_match="required",
)("作废指标库草稿 the draft is thrown away; the published library stays")
discard_cycle = drafts.delete(
    "/cycles/<cycle>", "discard_cycle", CycleRevision, CycleDocument, may="may_manage_cycle", if_match="required"
)("作废考核年度 a year in preparation is thrown away, before its library is published")
