"""How a case's procedure is told: from its history, never with a name."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.complaints.domain.cases import COMPLAINT, Case, Objection, day_of
from services.complaints.domain.masking import masked
from services.complaints.domain.procedure import Supplement
from services.complaints.domain.routes import routes
from services.complaints.domain.settings import DatedSettings
from services.complaints.domain.signs import Complaint, signs
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.lists import Lists
from services.complaints.storage.look_alikes import LookAlikes
from shared.database import Row
from shared.vocabulary.case_procedure import ROUTES, SIGNS

_LOOKED_AT = 500  # complaints of one person or address


def proceedings(case: Case, linked: Sequence[str], merged_from: Sequence[str], *, handling: bool) -> Row:
    """Return a case's procedure as its document has it. ``handling``: to who has a role in it, who reads texts in full."""
    parties = asdict(case.parties)
    return {
        "parties": {"has_agent": parties.pop("agent"), **parties},
        "supplements": [_supplement(one) for one in case.supplements],
        "declined": sorted(case.declined),
        "mediator": case.mediating,
        "appointments": [asdict(one) for one in case.appointments],
        "recusals": [asdict(one) for one in case.recusals],
        "routes": [{"route": one, "zh": ROUTES[one]} for one in routes(case)],
        "form": case.form,
        "filed_until": case.filed_until,
        "competence": asdict(case.competence),
        "reward": _members(case.reward, "state", "amount", "receipt"),
        "archive": _archive(case),
        "published_at": case.published_at,
        "unpublished_at": case.unpublished_at,
        "withheld_until": case.withheld_until,
        "objections": [_objection(one, handling=handling) for one in case.objections],
        "redone": case.redone,
        "linked": list(linked),
        "merged_from": list(merged_from),
    }


def related(lists: Lists, case: Case, linked: Sequence[str], merged_from: Sequence[str]) -> list[Row]:
    """Return the cases that belong to ``case``, each with how and by its number."""
    found = {"linked": linked, "merged_from": merged_from}
    found |= {name: [code] for name in ("merged_into", "repeat_of") if (code := getattr(case, name))}
    told = {one["case"]: one for one in lists.told([code for codes in found.values() for code in codes])}
    return [{"relation": name, **told[code]} for name, codes in found.items() for code in codes if code in told]


def signs_of(cases: LookAlikes, one: CaseFile, settings: DatedSettings) -> list[Row]:
    """Return what prompts a person to look closer at a complaint, by the settings of its receipt."""
    if one.case.kind != COMPLAINT:
        return []
    others = [
        Complaint(row["received_at"], row["trader"], frozenset(row["person_keys"]))
        for row in cases.around(one, _LOOKED_AT)
    ]
    own = Complaint(one.case.received_at, one.case.trader, frozenset(one.keys))
    found = signs(own, others, settings.on(day_of(one.case.received_at)))
    return [{"sign": sign, "zh": SIGNS[sign], "cases": number} for sign, number in found]


def _objection(one: Objection, *, handling: bool) -> Row:
    told = asdict(one)
    return told if handling else {**told, "text": masked(one.text), "reason": masked(one.reason)}


def _supplement(one: Supplement) -> Row:
    told = _members(one, "asked_at", "materials", "supply_by", "supplied_at")
    return {**(told or {}), "lacking": one.lacking}


def _archive(case: Case) -> Row | None:
    told = _members(case.archive, "state", "submitted_at", "checked_at", "rejections")
    return {**told, "submitted_by": case.archive.account} if told and case.archive else None


def _members(one: Any, *names: str) -> Row | None:
    return {name: getattr(one, name) for name in names} if one is not None else None
