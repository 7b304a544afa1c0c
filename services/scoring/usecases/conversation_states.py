"""Where a conversation stands, as the others are told it: not what was said."""

from services.scoring.domain.conversation import Conversation
from shared.events import ConversationChanged


def conversation_state(one: Conversation, by: str) -> ConversationChanged:
    return ConversationChanged(
        bureau=one.bureau,
        conversation=f"{one.run}/{one.subject}",
        revision=one.revision,
        kind=one.kind,
        cycle=one.cycle,
        subject=one.subject,
        unit=one.unit,
        status=one.status,
        held_on=one.held_on,
        head=one.head,
        by=by,
    )
