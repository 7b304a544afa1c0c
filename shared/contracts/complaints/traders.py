"""The register of traders: who they are, which cases are theirs, what is on record of them."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    batch,
    code,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
    text,
    word,
)
from shared.vocabulary.case_knowledge import LINKS


class Shop(Command):
    platform = text(100, "the network platform", required=True)
    name = text(200, "of the shop there", required=True)


class NewTrader(Command):
    name = needed_text(200)
    credit_code = note(30, "统一社会信用代码; empty where it is not known", load_default="")
    address = note(300, "of the seat", load_default="")
    place = note(300, "where the business is really done", load_default="")
    unit = text(20, "which supervises it", load_default=None, allow_none=True)
    shops = fields.List(fields.Nested(Shop), load_default=list, validate=Length(max=50))


class ChangedTrader(NewTrader):
    trader = code(required=True)
    revision = revision(required=True)


class OneTrader(Command):
    trader = code(required=True)


class TraderFilter(SearchQuery):
    unit = text(20, load_default=None)
    sort = sort("name")


class TraderMerge(Command):
    trader = code("the entry that goes", required=True)
    into = code("the entry that stays", required=True)
    why = needed_text(500)


class TraderMergeUndone(Command):
    merge = code(required=True)


class TraderCases(Command):
    trader = code(required=True)
    cases = batch(fields.UUID())


class TraderItem(Document):
    trader = fields.String(required=True)
    revision = fields.Integer(required=True)
    name = fields.String(required=True)
    credit_code = fields.String(required=True)
    address = fields.String(required=True)
    place = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True)
    cases = fields.Integer(required=True)


class TraderShop(Document):
    platform = fields.String(required=True)
    name = fields.String(required=True)


class CreditRow(Document):
    """What is on record in a year of one kind of goods; all goods together where ``goods`` is null."""

    year = fields.String(required=True)
    goods = fields.String(required=True, allow_none=True)
    complaints = fields.Integer(required=True)
    upheld = fields.Integer(required=True, metadata={"description": "ended by an agreement or settled"})
    repeats = fields.Integer(required=True)
    reports = fields.Integer(required=True)
    penalties = fields.Integer(required=True, metadata={"description": "reports of which a case was filed (立案)"})
    recovered = fields.String(required=True, metadata={"description": "yuan"})
    checks = fields.Integer(required=True, metadata={"description": "samples that were taken"})
    failed = fields.Integer(required=True, metadata={"description": "samples that failed, also after a second test"})


class MergeDocument(Document):
    merge = fields.String(required=True)
    gone = fields.String(required=True)
    gone_name = fields.String(required=True)
    stays = fields.String(required=True)
    cases = fields.Integer(required=True)
    why = fields.String(required=True)
    merged_at = fields.AwareDateTime(required=True)
    merged_by = fields.String(required=True)
    undone_at = fields.AwareDateTime(required=True, allow_none=True)
    undone_by = fields.String(required=True, allow_none=True)


class LinkedCase(Document):
    case = fields.String(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True)
    goods = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    how = word(LINKS, required=True)


class TraderRecord(TraderItem):
    names = listing(fields.String(), "by which cases are linked")
    shops = listing(TraderShop)
    merged_into = fields.String(required=True, allow_none=True)
    credit = fields.List(
        fields.Nested(CreditRow), required=True, allow_none=True, metadata={"description": "null to who may not see it"}
    )
    latest = listing(LinkedCase, "its latest cases, as far as the reader may see them")
    merges = listing(MergeDocument, "none to who may not see what is on record")
    may = listing(fields.String(), "change, merge")


class LinkedCases(Document):
    changed = fields.Integer(required=True)


traders = Family("complaints", "traders", "经营者名录 traders and what is on record of them")

register_trader = traders.post(
    "/traders", "register_trader", NewTrader, TraderRecord, may="may_keep_traders", status=201
)("登记经营者 register a trader")
change_trader = traders.put("/traders/<trader>", "change_trader", ChangedTrader, TraderRecord, may="may_keep_traders")(
    "更改经营者 change a trader; cases named by the new name are linked, too"
)
list_traders = traders.get("/traders", "list_traders", TraderFilter, paged(TraderItem), may="may_look_up")(
    "经营者名录 traders by a part of their name or their code"
)
show_trader = traders.get("/traders/<trader>", "show_trader", OneTrader, TraderRecord, may="may_look_up")(
    "经营者信用记录 a trader with what is on record by year and goods"
)
link_cases = traders.post("/traders/<trader>/cases", "link_cases", TraderCases, LinkedCases, may="may_keep_traders")(
    "关联办件 link cases by hand, where the name does not tell"
)
merge_traders = traders.post(
    "/traders/<trader>/merge", "merge_traders", TraderMerge, TraderRecord, may="may_merge_traders"
)("合并经营者 merge a double entry into another")
undo_merge = traders.post(
    "/trader-merges/<merge>/undo", "undo_merge", TraderMergeUndone, TraderRecord, may="may_merge_traders"
)("撤销合并 part what was merged wrongly")
