"""Which trader a case is about: linked by the code that was given, else by the exact name; a name that is new makes a new entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.complaints.domain.credit_codes import is_credit_code, written
from services.complaints.storage.traders import Traders
from shared import clock
from shared.actor import system
from shared.database import Row, Session, Sessions
from shared.ids import new_id
from shared.recording import audit

FOUND_AT_ONCE = 20_000
LINKS_AT_ONCE = 500  # who registers a trader meanwhile waits for them


def link_new(session: Session, bureau: str, by: str, given: Sequence[Row]) -> None:
    """Link cases: ``{"code", "name", "address", "credit_code"}``, the code as it was given or absent."""
    told = [{**one, "credit_code": written(one.get("credit_code", ""))} for one in given if one["name"].strip()]
    if not told:
        return
    traders = Traders(session, bureau)
    known = _known(traders, told)
    if any(_trader(one, known) is None for one in told):
        traders.hold()
        known = _known(traders, told)
        _register(session, traders, by, told, known)
    traders.link([_link(one, known) for one in told])


def link_old(sessions: Sessions, bureau: str) -> int:
    """Link the cases that are linked with no trader, or named another when their name linked them; returns how many.

    They are found by looking at all of the bureau's, which is done for many at once, and linked some at a time. A pass ends
    whatever becomes of a case.
    """
    linked, after = 0, ""
    while True:
        with sessions.begin(system(bureau)) as session:
            found = Traders(session, bureau).unlinked(FOUND_AT_ONCE, after)
        if not found:
            return linked
        for at in range(0, len(found), LINKS_AT_ONCE):
            with sessions.begin(system(bureau)) as session:
                linked += _link_some(session, bureau, found[at : at + LINKS_AT_ONCE])
        after = found[-1]


def _link_some(session: Session, bureau: str, codes: Sequence[str]) -> int:
    traders = Traders(session, bureau)
    traders.hold()  # what a hand has linked meanwhile stays
    told = traders.still_unlinked(codes)
    link_new(session, bureau, "system", told)
    return len(told)


Known = tuple[dict[str, str], dict[str, str]]  # by credit code, by name


def _known(traders: Traders, told: Sequence[Row]) -> Known:
    codes = {one["credit_code"] for one in told if one["credit_code"]}
    return traders.by_credit_codes(codes), traders.by_names({one["name"].strip() for one in told})


def _trader(one: Mapping[str, Any], known: Known) -> str | None:
    by_code, by_name = known
    return by_code.get(one["credit_code"]) if one["credit_code"] else by_name.get(one["name"].strip())


def _link(one: Mapping[str, Any], known: Known) -> dict[str, str]:
    trader = _trader(one, known)
    assert trader is not None
    how = "code" if one["credit_code"] else "name"
    return {"code": one["code"], "trader": trader, "name": one["name"], "how": how}


def _register(session: Session, traders: Traders, by: str, told: Sequence[Row], known: Known) -> None:
    """Register who is not known yet, all of them at once; two that are named alike are one."""
    by_code, by_name = known
    new: list[Row] = []
    for one in told:
        if _trader(one, known) is not None:
            continue
        name, code = one["name"].strip(), one["credit_code"]
        row = {**BLANK, "trader": new_id(), "name": name, "credit_code": code, "address": one["address"]}
        new.append({**row, "kept_at": clock.now(), "kept_by": by})
        if code:
            by_code[code] = row["trader"]
        by_name.setdefault(name, row["trader"])
        audit(session, action="trader.registered", subject=row["trader"], before={}, after={"name": name})
    traders.add(new)


BLANK: Mapping[str, Any] = {"revision": 1, "place": "", "unit": None, "shops": [], "merged_into": None}


def is_given_wrongly(code: str) -> bool:
    """Tell whether something was given as a credit code that is none."""
    return bool(code.strip()) and not is_credit_code(written(code))
