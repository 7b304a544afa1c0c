"""What stands beside an intake while the operator types: answers, traders and marks that fit. Nothing of what is typed is kept."""

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.domain.hints import best, fit, pairs_of
from services.complaints.domain.look_alike_permissions import may_find_reports
from services.complaints.storage.entries import Entries
from services.complaints.storage.traders import Traders
from services.complaints.usecases.entries import COUNTERFEIT, KNOWLEDGE, answer_in_list
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.knowledge import WhatIsTyped
from shared.database import Row, Session

_SHOWN, _LONGEST = 5, 400  # pairs that are looked for: of a long summary its beginning
_USUAL = (
    pairs_of("有限责任公司股份有限公司分公司") | pairs_of("个体工商户") | pairs_of("经营部")
)  # tell no trader from another


def hint(session: Session, actor: Actor, command: WhatIsTyped) -> Row:
    """Return answers, traders and marks that fit what is being typed, the best first."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    typed = " ".join((command["goods"], command["trader"], command["summary"]))
    answers, marks = _fitting(session, actor, KNOWLEDGE, typed), _fitting(session, actor, COUNTERFEIT, typed)
    return {
        "knowledge": [answer_in_list(one) for one in answers],
        "traders": _traders(session, actor, command["trader"]),
        "counterfeits": [{"entry": one["entry"], "mark": one["title"], "goods": one["body"]["goods"]} for one in marks],
    }


def _fitting(session: Session, actor: Actor, kind: str, typed: str) -> list[Row]:
    pairs = list(pairs_of(typed))[:_LONGEST]
    found = {one["entry"]: one for one in Entries(session, actor.bureau, kind).alike(pairs, clock.today())}
    fits = [(fit(typed, one["title"], one["body"].get("keywords", ())), code) for code, one in found.items()]
    return [found[code] for code in best(fits, _SHOWN)]


def _traders(session: Session, actor: Actor, typed: str) -> list[Row]:
    pairs = [one for one in pairs_of(typed) if one not in _USUAL]
    reports = may_find_reports(actor, place_of(session, actor))
    found = {one["trader"]: one for one in Traders(session, actor.bureau).alike(pairs, reports=reports)}
    fits = [(max(fit(typed, one["name"]), fit(one["name"], typed)), code) for code, one in found.items()]
    return [found[code] for code in best(fits, _SHOWN)]
