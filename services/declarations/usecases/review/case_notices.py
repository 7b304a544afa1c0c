"""What complaints has to tell a person or a duty about a case: kept among the notices, once, however often it is told."""

from collections.abc import Sequence

from services.declarations.storage.notices import NewNotice, keep_notices
from shared.database import Session
from shared.events import CaseNotice


def keep_case_notices(session: Session, states: Sequence[CaseNotice]) -> None:
    keep_notices(session, [_row(one) for one in states])


def _row(state: CaseNotice) -> NewNotice:
    content = {"zh": state.zh, "en": state.en, "count": 1, "due_on": state.due_on.isoformat()}
    return {
        "bureau": state.bureau,
        "notice": state.notice,
        "cycle": state.cycle,
        "address": state.address,
        "kind": state.kind,
        "about": f"{state.case} {state.about}".strip(),
        "on": state.told_on,
        "content": {**content, "channel": state.channel, "phone": state.phone, "case": state.case or None},
    }
