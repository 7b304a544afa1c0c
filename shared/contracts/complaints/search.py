"""One search over cases, traders, tested goods, counterfeits and answers."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, listing, text, word
from shared.vocabulary.case_knowledge import FOUND_KINDS


class SearchAll(Command):
    q = text(100, "words, each of which is found in what is told", required=True)
    kind = word(FOUND_KINDS, load_default=None)


class FoundItem(Document):
    kind = word(FOUND_KINDS, required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True, metadata={"description": "of a report never what somebody wrote"})
    on = fields.Date(required=True)


class FoundDocument(Document):
    items = listing(FoundItem, "up to 20 of each kind, the latest first")


search = Family("complaints", "case_search", "全文检索 cases, traders, tested goods, counterfeits, answers")

search_all = search.get("/case-search", "search_all", SearchAll, FoundDocument, may="may_look_up")(
    "全文检索 whatever the reader may see that holds the words"
)
