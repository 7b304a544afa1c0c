"""Conversations about results: led by the head, confirmed by both sides."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import RunPage, RunSubject
from shared.contracts.shapes import Document, day, note, paged, revision, word
from shared.vocabulary.scoring import CONVERSATION_STATES


class NewConversation(RunSubject):
    held_on = day(required=True)
    strengths = note(required=True)
    shortcomings = note(required=True)
    measures = note(required=True)


class ConversationAppointment(RunSubject):
    held_on = day("on which it is to be held: today or later", required=True)
    revision = revision("that was read, where it is asked for again", load_default=None, allow_none=True)


class ConversationText(NewConversation):
    revision = revision(load_default=None, allow_none=True)


class ConversationStep(RunSubject):
    opinion = note(description="the person's; needed to return it", load_default="")
    revision = revision("that was read", load_default=None, allow_none=True)


class ConversationQuery(RunPage):
    status = word(CONVERSATION_STATES, load_default=None, allow_none=True)


class ConversationDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True)
    status = word(CONVERSATION_STATES, required=True)
    held_on = fields.Date(required=True, metadata={"description": "on which it is to be held, while it is asked for"})
    strengths = fields.String(required=True)
    shortcomings = fields.String(required=True)
    measures = fields.String(required=True)
    opinion = fields.String(required=True, metadata={"description": "of the person"})
    head = fields.String(required=True, metadata={"description": "who leads it, and confirms it first"})
    offered_at = fields.AwareDateTime(required=True, allow_none=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)


conversations = Family("scoring", "conversations", "考核面谈 conversations about results")
_TALK = "/runs/<uuid:run>/conversations/<subject>"

ask_conversation = conversations.post(
    f"{_TALK}/ask",
    "ask_conversation",
    ConversationAppointment,
    ConversationDocument,
    may="may_lead",
    status=201,
    if_match="optional",
    etag=True,
)("约定面谈 the person is told the day; asked again: another day")
draft_conversation = conversations.post(
    "/runs/<uuid:run>/conversations",
    "draft_conversation",
    NewConversation,
    ConversationDocument,
    may="may_lead",
    status=201,
    etag=True,
)("起草面谈记录 by the head of the unit; a leader with heads and units")
list_conversations = conversations.get(
    "/runs/<uuid:run>/conversations",
    "list_conversations",
    ConversationQuery,
    paged(ConversationDocument),
    may="detail_sight",
)("面谈记录列表 one's own, a head's unit, all for those who watch")
read_conversation = conversations.get(
    _TALK, "read_conversation", RunSubject, ConversationDocument, may="detail_sight", etag=True
)("面谈记录 one conversation")
revise_conversation = conversations.patch(
    _TALK, "revise_conversation", ConversationText, ConversationDocument, may="may_lead"
)("填写或修改面谈记录 after it was asked for, while it is a draft or was returned")
offer_conversation = conversations.post(
    f"{_TALK}/offer", "offer_conversation", ConversationStep, ConversationDocument, may="may_lead", etag=True
)("面谈人确认 whoever led it confirms, and hands it to the person")
return_conversation = conversations.post(
    f"{_TALK}/return", "return_conversation", ConversationStep, ConversationDocument, may="may_answer", etag=True
)("本人退回 the person says what is not right")
confirm_conversation = conversations.post(
    f"{_TALK}/confirm", "confirm_conversation", ConversationStep, ConversationDocument, may="may_answer", etag=True
)("本人确认 the person confirms, with an opinion")
