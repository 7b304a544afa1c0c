"""打假信息: how a genuine thing is told from a false one, whose mark it is, who is implicated."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.complaints.knowledge import EntryRevision
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    code,
    flag,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
)


class NewCounterfeit(Command):
    mark = needed_text(200, "brand or registered mark")
    goods = note(200, load_default="")
    right_holder = note(200, load_default="")
    contact = note(300, "of the right holder; told to those who write entries", load_default="")
    genuine = needed_text(4000, "how the genuine thing is told")
    false = note(4000, "what gives the false one away", load_default="")
    traders = fields.List(
        code(), load_default=list, validate=Length(max=100), metadata={"description": "implicated, of the register"}
    )
    source = note(300, load_default="")
    pictures = fields.List(
        code(),
        load_default=list,
        validate=Length(max=20),
        metadata={"description": "not looked at: they are put to the entry itself", "deprecated": True},
    )
    why = note(500, "why it was written anew", load_default="")


class ChangedCounterfeit(NewCounterfeit):
    entry = code(required=True)
    revision = revision(required=True)
    withdrawn = flag("it holds no longer", load_default=False)


class OneCounterfeit(Command):
    entry = code(required=True)


class CounterfeitFilter(SearchQuery):
    withdrawn = flag("those that hold no longer", load_default=False)
    sort = sort("title")


class ImplicatedTrader(Document):
    trader = fields.String(required=True)
    name = fields.String(required=True)


class CounterfeitItem(Document):
    entry = fields.String(required=True)
    revision = fields.Integer(required=True)
    mark = fields.String(required=True)
    goods = fields.String(required=True)
    right_holder = fields.String(required=True)
    withdrawn = fields.Boolean(required=True)
    kept_at = fields.AwareDateTime(required=True)
    kept_by = fields.String(required=True)


class CounterfeitRecord(CounterfeitItem):
    contact = fields.String(
        required=True, allow_none=True, metadata={"description": "null to who may not see it; the look is on record"}
    )
    genuine = fields.String(required=True)
    false = fields.String(required=True)
    traders = listing(ImplicatedTrader, "none to who may not see what is on record of a trader")
    source = fields.String(required=True)
    pictures = listing(fields.String(), "ids of the kept pictures")
    revisions = listing(EntryRevision)
    may = listing(fields.String(), "change")


counterfeits = Family("complaints", "counterfeits", "打假信息库 marks, how to tell, right holders, who is implicated")

write_counterfeit = counterfeits.post(
    "/counterfeits", "write_counterfeit", NewCounterfeit, CounterfeitRecord, may="may_write_entries", status=201
)("登记打假信息 write of a counterfeit")
change_counterfeit = counterfeits.put(
    "/counterfeits/<entry>", "change_counterfeit", ChangedCounterfeit, CounterfeitRecord, may="may_write_entries"
)("修订打假信息 write it anew; what stood before is kept")
list_counterfeits = counterfeits.get(
    "/counterfeits", "list_counterfeits", CounterfeitFilter, paged(CounterfeitItem), may="may_look_up"
)("打假信息库 marks by any part of what is written of them")
show_counterfeit = counterfeits.get(
    "/counterfeits/<entry>",
    "show_counterfeit",
    OneCounterfeit,
    CounterfeitRecord,
    may="may_look_up",
    looks="may_see_right_holders",
)("打假信息 one entry with its revisions")
