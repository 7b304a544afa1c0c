"""Keeping the register of traders: entries, links by hand, merges of double entries and their parting."""

from collections.abc import Mapping
from typing import Any

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.domain.credit_codes import written
from services.complaints.storage.credit import credit_of, latest_of
from services.complaints.storage.projections import Copies
from services.complaints.storage.traders import Traders
from services.complaints.usecases.guards import guard
from services.complaints.usecases.linking import BLANK, is_given_wrongly
from services.complaints.usecases.people import place_of
from services.complaints.usecases.sight import sight_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.traders import (
    ChangedTrader,
    NewTrader,
    OneTrader,
    TraderCases,
    TraderFilter,
    TraderMerge,
    TraderMergeUndone,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, invalid, missing

_LATEST = 20
_MEMBERS = ("name", "credit_code", "address", "place", "unit", "shops")


def register_trader(session: Session, actor: Actor, command: NewTrader) -> Row:
    """Register a trader; its code, where it is known, is nobody else's."""
    guard(permissions.may_keep_traders(actor, place_of(session, actor)))
    traders = Traders(session, actor.bureau)
    traders.hold()
    row = {**BLANK, **_checked(session, actor.bureau, command, None), "trader": new_id()}
    traders.save({**row, "kept_at": clock.now(), "kept_by": actor.account})
    audit(session, action="trader.registered", subject=row["trader"], before={}, after=_told(row))
    return _shown(session, actor, row["trader"])


def change_trader(session: Session, actor: Actor, command: ChangedTrader) -> Row:
    """Change a trader; the former name still links its cases."""
    guard(permissions.may_keep_traders(actor, place_of(session, actor)))
    traders = Traders(session, actor.bureau)
    traders.hold()
    before = _need(traders, command["trader"])
    check_revision("trader", command["revision"], before["revision"])
    _check_there(before)
    row = {**before, **_checked(session, actor.bureau, command, before["trader"]), "revision": before["revision"] + 1}
    traders.save({**row, "kept_at": clock.now(), "kept_by": actor.account})
    audit(session, action="trader.changed", subject=row["trader"], before=_told(before), after=_told(row))
    return _shown(session, actor, row["trader"])


def list_traders(session: Session, actor: Actor, query: TraderFilter) -> Row:
    """List traders by name; those that were merged into another are left out."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    page, units = Traders(session, actor.bureau).page(query), Copies(session, actor.bureau).units()
    items = [{**one, "unit_name": units[one["unit"]].name if one["unit"] in units else None} for one in page["items"]]
    return {**page, "items": items}


def show_trader(session: Session, actor: Actor, query: OneTrader) -> Row:
    """Show a trader with what is on record of it, to those who may see that."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    return _shown(session, actor, query["trader"])


def link_cases(session: Session, actor: Actor, command: TraderCases) -> Row:
    """Link cases by hand; neither their name nor a merge of names changes that."""
    guard(permissions.may_keep_traders(actor, place_of(session, actor)))
    traders = Traders(session, actor.bureau)
    traders.hold()
    trader = _need(traders, command["trader"])
    _check_there(trader)
    codes = sorted({str(one) for one in command["cases"]})
    names = traders.names_in_cases(codes)
    if len(names) < len(codes):
        raise missing("case.unknown", "没有该件", "no such case", "cases")
    traders.link([{"code": one, "trader": trader["trader"], "name": names[one], "how": "hand"} for one in codes])
    audit(session, action="trader.linked", subject=trader["trader"], before={}, after={"cases": codes})
    return {"changed": len(codes)}


def merge_traders(session: Session, actor: Actor, command: TraderMerge) -> Row:
    """Merge a double entry into another: its cases and names move, and are noted so that it can be undone."""
    guard(permissions.may_merge_traders(actor))
    traders = Traders(session, actor.bureau)
    traders.hold()
    gone, stays = _need(traders, command["trader"]), _need(traders, command["into"])
    for one in (gone, stays):
        _check_there(one)
    if gone["trader"] == stays["trader"]:
        raise conflict("trader.same", "不能并入自身", "an entry is not merged into itself", "into")
    if gone["credit_code"] and stays["credit_code"]:
        zh = "两条都有统一社会信用代码，是两个经营者"
        raise conflict("trader.two", zh, "both have a credit code: they are two traders", "into")
    if gone["credit_code"]:
        zh = "有统一社会信用代码的条目不能并入没有代码的条目，请反向合并"
        raise conflict("trader.has_code", zh, "it alone has a credit code: merge the other into it", "into")
    told = {"gone": gone["trader"], "stays": stays["trader"], "why": command["why"]}
    traders.merge({**told, "merge": new_id(), "merged_by": actor.account}, clock.now())
    audit(session, action="trader.merged", subject=gone["trader"], before={}, after=told)
    return _shown(session, actor, stays["trader"])


def undo_merge(session: Session, actor: Actor, command: TraderMergeUndone) -> Row:
    """Part what was merged wrongly: cases and names that were moved go back."""
    guard(permissions.may_merge_traders(actor))
    traders = Traders(session, actor.bureau)
    traders.hold()
    merge = traders.merge_of(command["merge"])
    if merge is None:
        raise missing("trader.no_merge", "没有该次合并", "no such merge")
    if merge["undone_at"] is not None:
        raise conflict("trader.parted", "该次合并已撤销", "it was undone already")
    _check_there(_need(traders, merge["stays"]))
    traders.part(merge, clock.now(), actor.account)
    audit(session, action="trader.parted", subject=merge["gone"], before={}, after={"merge": merge["merge"]})
    return _shown(session, actor, merge["gone"])


def _need(traders: Traders, code: str) -> Row:
    row = traders.get(code)
    if row is None:
        raise missing("trader.unknown", "没有该经营者", "no such trader")
    return row


def _check_there(row: Row) -> None:
    if row["merged_into"] is not None:
        raise conflict("trader.merged", "该条目已并入其他条目", "the entry was merged into another")


def _checked(session: Session, bureau: str, command: NewTrader | ChangedTrader, own: str | None) -> Row:
    code = written(command["credit_code"])
    if is_given_wrongly(code):
        raise invalid("trader.credit_code", "统一社会信用代码校验不符", "the code does not check", "credit_code")
    holder = Traders(session, bureau).by_credit_codes([code]).get(code) if code else None
    if holder not in (None, own):
        raise conflict("trader.code_taken", "该代码已登记在另一条目", "another entry has this code", "credit_code")
    if command["unit"] is not None and command["unit"] not in Copies(session, bureau).units():
        raise invalid("unit.unknown", "没有该单位", "no such unit", "unit")
    given: Mapping[str, Any] = command
    return {**{name: given[name] for name in _MEMBERS}, "name": command["name"].strip(), "credit_code": code}


def _told(row: Row) -> Row:
    return {name: row[name] for name in _MEMBERS}


def _shown(session: Session, actor: Actor, code: str) -> Row:
    traders, place = Traders(session, actor.bureau), place_of(session, actor)
    row = _need(traders, code)
    units = Copies(session, actor.bureau).units()
    credit = permissions.may_see_credit(actor, place)
    merges = [{**one, "cases": len(one["cases"])} for one in traders.merges_of(code)]
    there = row["merged_into"] is None
    may = ["change"] if there and permissions.may_keep_traders(actor, place) else []
    may += ["merge"] if there and permissions.may_merge_traders(actor) else []
    told = {name: row[name] for name in ("trader", "revision", *_MEMBERS, "merged_into")}
    return {
        **told,
        "unit_name": units[row["unit"]].name if row["unit"] in units else None,
        "cases": traders.cases_of(code),
        "names": traders.names_of(code),
        "credit": credit_of(session, actor.bureau, code) if credit else None,
        "latest": latest_of(session, actor.bureau, code, sight_of(session, actor), _LATEST),
        "merges": [{name: one[name] for name in _MERGE} for one in merges],
        "may": may,
    }


_MERGE = ("merge", "gone", "gone_name", "stays", "cases", "why", "merged_at", "merged_by", "undone_at", "undone_by")
