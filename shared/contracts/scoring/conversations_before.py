"""Conversations before a year's results: the same record, from the year's opening until its first results."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.conversations import ConversationDocument
from shared.contracts.scoring.scores import OneCycle, key
from shared.contracts.shapes import PageQuery, day, note, paged, revision, word
from shared.vocabulary.scoring import CONVERSATION_KINDS, CONVERSATION_STATES


class YearSubject(OneCycle):
    subject = key(required=True)


class TalkAppointment(YearSubject):
    held_on = day("on which it is to be held: today or later", required=True)
    revision = revision("that was read, where it is asked for again", load_default=None, allow_none=True)


class NewTalk(YearSubject):
    held_on = day(required=True)
    strengths = note(description="what the person brings and has the conditions for", required=True)
    shortcomings = note(description="difficulties, and what is needed", required=True)
    measures = note(description="aims of the year and what both agreed on", required=True)


class TalkText(NewTalk):
    revision = revision(load_default=None, allow_none=True)


class TalkStep(YearSubject):
    opinion = note(description="the person's; needed to return it", load_default="")
    revision = revision("that was read", load_default=None, allow_none=True)


class TalkQuery(PageQuery, OneCycle):
    status = word(CONVERSATION_STATES, load_default=None, allow_none=True)


class TalkDocument(ConversationDocument):
    run = fields.UUID(required=True, allow_none=True, metadata={"description": "null before the results"})
    kind = word(CONVERSATION_KINDS, required=True)


talks = Family("scoring", "conversations_before", "考核前沟通 conversations before the year's results")
_TALK = "/cycles/<cycle>/conversations/<subject>"

ask_talk = talks.post(
    f"{_TALK}/ask",
    "ask_talk",
    TalkAppointment,
    TalkDocument,
    may="may_lead",
    status=201,
    if_match="optional",
    etag=True,
)("约定考核前沟通 the person is told the day; asked again: another day")
draft_talk = talks.post(
    "/cycles/<cycle>/conversations", "draft_talk", NewTalk, TalkDocument, may="may_lead", status=201, etag=True
)("起草考核前沟通记录 by the head of the unit; a leader with heads and units")
list_talks = talks.get(
    "/cycles/<cycle>/conversations", "list_talks", TalkQuery, paged(TalkDocument), may="detail_sight"
)("考核前沟通记录列表 one's own, a head's unit, all for those who watch")
read_talk = talks.get(_TALK, "read_talk", YearSubject, TalkDocument, may="detail_sight", etag=True)(
    "考核前沟通记录 one conversation"
)
revise_talk = talks.patch(_TALK, "revise_talk", TalkText, TalkDocument, may="may_lead")(
    "填写或修改考核前沟通记录 after it was asked for, while it is a draft, or was returned"
)
offer_talk = talks.post(f"{_TALK}/offer", "offer_talk", TalkStep, TalkDocument, may="may_lead", etag=True)(
    "沟通人确认 whoever led it confirms, and hands it to the person"
)
return_talk = talks.post(f"{_TALK}/return", "return_talk", TalkStep, TalkDocument, may="may_answer", etag=True)(
    "本人退回 the person says what is not right"
)
confirm_talk = talks.post(f"{_TALK}/confirm", "confirm_talk", TalkStep, TalkDocument, may="may_answer", etag=True)(
    "本人确认 the person confirms, with an opinion"
)
