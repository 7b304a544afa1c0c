"""Conversations, which scoring keeps: the two who talk are told what each of them is to do, once."""

from collections.abc import Sequence

from services.declarations.storage.notices import NewNotice, keep_notices
from shared.clock import today
from shared.database import Session
from shared.events import ConversationChanged
from shared.ids import new_id
from shared.vocabulary.scoring import CONVERSATION_KINDS

# status -> what it asks of the one who hears of it, in both languages
_WORDS = {
    "asked": ("约您于 {held_on} 进行{kind}，请安排时间", "you are asked to talk on {held_on}"),
    "offered": ("{kind}记录待您确认，内容不符的可以退回", "a record of a talk waits for your word"),
    "returned": ("{kind}记录已被退回，请核对修改", "the record of a talk was returned"),
    "confirmed": ("{kind}记录已由本人确认", "the record of a talk is confirmed by both sides"),
}
_TO_THE_HEAD = ("returned", "confirmed")


def take_conversations(session: Session, states: Sequence[ConversationChanged]) -> None:
    keep_notices(session, [_row(one) for one in states if one.status in _WORDS])


def _row(state: ConversationChanged) -> NewNotice:
    zh, en = _WORDS[state.status]
    told = {"held_on": state.held_on, "kind": CONVERSATION_KINDS[state.kind]}
    due = state.held_on if state.status == "asked" else today()
    return {
        "bureau": state.bureau,
        "notice": new_id(),
        "cycle": state.cycle,
        "address": _address(state),
        "kind": f"talk_{state.status}",
        "about": f"{state.conversation} {state.revision}",
        "on": today(),
        "content": {
            "zh": f"{state.cycle} 年度：{zh.format(**told)}",
            "en": f"{state.cycle}: {en.format(**told)}",
            "count": 1,
            "due_on": due.isoformat(),
            "link": f"/results/{state.subject}",
            "item": state.conversation,
        },
    }


def _address(state: ConversationChanged) -> str:
    """Whoever leads it hears what the other side did; a unit speaks through its head."""
    if state.status in _TO_THE_HEAD:
        return f"person:{state.head}"
    return f"head:{state.unit}" if state.subject == state.unit else f"person:{state.subject}"
