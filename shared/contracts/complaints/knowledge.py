"""咨询 knowledge: questions and their answers by topic, and what stands beside an intake while the operator types."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    code,
    day,
    flag,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
    text,
    word,
)
from shared.vocabulary.case_knowledge import TOPICS


class NewKnowledge(Command):
    question = needed_text(200)
    answer = needed_text(480, "as it is given and noted in the case")
    topic = word(TOPICS, required=True)
    articles = fields.List(
        text(100), load_default=list, validate=Length(max=20), metadata={"description": "which the answer rests on"}
    )
    keywords = fields.List(
        text(30), load_default=list, validate=Length(max=30), metadata={"description": "by which it is found besides"}
    )
    valid_until = day("its last day; null: until it is changed", load_default=None, allow_none=True)
    why = note(500, "why it was written anew", load_default="")


class ChangedKnowledge(NewKnowledge):
    entry = code(required=True)
    revision = revision(required=True)
    withdrawn = flag("it holds no longer", load_default=False)


class OneKnowledge(Command):
    entry = code(required=True)


class KnowledgeFilter(SearchQuery):
    topic = word(TOPICS, load_default=None)
    withdrawn = flag("those that hold no longer, also by their last day", load_default=False)
    sort = sort("title")


class WhatIsTyped(Command):
    """What is known while a clerk types; nothing of it is kept."""

    trader = note(200, load_default="")
    goods = note(200, load_default="")
    summary = note(2000, load_default="")


class EntryRevision(Document):
    """What stood in an entry: its answer, or of a counterfeit how the genuine and the false are told."""

    revision = fields.Integer(required=True)
    title = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)
    genuine = fields.String(required=True, allow_none=True)
    false = fields.String(required=True, allow_none=True)
    why = fields.String(required=True)
    kept_at = fields.AwareDateTime(required=True)
    kept_by = fields.String(required=True)


class KnowledgeItem(Document):
    entry = fields.String(required=True)
    revision = fields.Integer(required=True)
    question = fields.String(required=True)
    answer = fields.String(required=True)
    topic = word(TOPICS, required=True)
    articles = listing(fields.String())
    valid_until = fields.Date(required=True, allow_none=True)
    withdrawn = fields.Boolean(required=True)
    kept_at = fields.AwareDateTime(required=True)
    kept_by = fields.String(required=True)


class KnowledgeRecord(KnowledgeItem):
    keywords = listing(fields.String())
    revisions = listing(EntryRevision)
    may = listing(fields.String(), "change")


class HintedTrader(Document):
    trader = fields.String(required=True)
    name = fields.String(required=True)
    credit_code = fields.String(required=True)
    cases = fields.Integer(required=True)


class HintedMark(Document):
    entry = fields.String(required=True)
    mark = fields.String(required=True)
    goods = fields.String(required=True)


class HintsDocument(Document):
    knowledge = listing(KnowledgeItem, "the best match first")
    traders = listing(HintedTrader)
    counterfeits = listing(HintedMark)


knowledge = Family("complaints", "knowledge", "咨询知识库 questions and their answers by topic")

write_knowledge = knowledge.post(
    "/case-knowledge", "write_knowledge", NewKnowledge, KnowledgeRecord, may="may_write_entries", status=201
)("登记咨询知识 write an answer for all")
change_knowledge = knowledge.put(
    "/case-knowledge/<entry>", "change_knowledge", ChangedKnowledge, KnowledgeRecord, may="may_write_entries"
)("修订咨询知识 write it anew; what stood before is kept")
list_knowledge = knowledge.get(
    "/case-knowledge", "list_knowledge", KnowledgeFilter, paged(KnowledgeItem), may="may_look_up"
)("咨询知识库 answers that hold today, by topic and words")
show_knowledge = knowledge.get(
    "/case-knowledge/<entry>", "show_knowledge", OneKnowledge, KnowledgeRecord, may="may_look_up"
)("咨询知识 one answer with its revisions")
hint = knowledge.post("/cases/hints", "hint", WhatIsTyped, HintsDocument, may="may_look_up", reads=True)(
    "边输入边提示 answers, traders and marks that fit what is being typed"
)
