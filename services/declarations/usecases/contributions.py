"""Contributions: declare, screen, give opinions, settle."""

from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.contributions import (
    STATES,
    Contribution,
    check_same_subject,
    claimed_counts,
    title_key,
)
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.organisation import Subject, Unit, check_answers_for, who
from services.declarations.domain.permissions import check_not_subject, check_panel, check_screens
from services.declarations.domain.refusals import conflict
from services.declarations.domain.states import check_revision
from services.declarations.storage.aggregates import contributions
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.opinions import add_opinions, opinions_on
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.batches import check_no_repetition, each_row, pick
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.moving import Batch, Entry
from shared.actor import Actor
from shared.ids import new_id
from shared.recording import audit

Command = dict[str, Any]


def declare_contributions(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"cycle", "contributions": [{"subject", "indicator", "period", "title", "effect", "proof", "level"?}]}.

    An entry that names a returned ``contribution`` puts it forward again.
    """
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries: list[Entry] = command["contributions"]
    again = [entry["contribution"] for entry in entries if entry.get("contribution")]
    check_no_repetition(again, lambda one: one)
    store = contributions(session, actor.bureau, cycle.cycle)
    stored = store.by_ids(again)
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))

    def one(entry: Entry) -> tuple[Contribution, Contribution | None]:
        old = pick(stored, "contribution", entry["contribution"]) if entry.get("contribution") else None
        subject = organisation.subject(entry["subject"])
        return _declared(actor, cycle, library[entry["indicator"]], subject, entry, old), old

    changes = each_row(entries, one)
    store.add([new for new, old in changes if old is None])
    store.change([new for new, old in changes if old is not None])
    record_changes(session, actor, changes)
    return answer(new for new, _ in changes)


def screen_contributions(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``decision`` pass or return (then with a ``reason``), by the head who verifies the subject's items."""

    def screen(old: Contribution, _entry: Entry, unit: Unit) -> Contribution:
        check_screens(actor, old.subject, old.layer, old.declared_by, unit)
        return old.screened(who(actor)) if command["decision"] == "pass" else old.returned(command["reason"])

    return _moved(session, actor, command, screen)


def give_opinions(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"cycle", "opinions": [{"contribution", "agree", "note"}]}; each member of the panel once on each."""
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries: list[Entry] = command["opinions"]
    check_no_repetition(entries, lambda entry: entry["contribution"])
    ids = [entry["contribution"] for entry in entries]
    stored = contributions(session, actor.bureau, cycle.cycle).by_ids(ids)
    given = opinions_on(session, actor.bureau, ids)
    organisation = Organisation(session, actor.bureau, units={one.unit for one in stored.values()})

    def one(entry: Entry) -> dict[str, Any]:
        found = pick(stored, "contribution", entry["contribution"])
        check_panel(actor)
        check_not_subject(actor, found.subject, organisation.unit(found.unit))
        STATES.after("opine", found.status)
        if any(opinion["member"] == who(actor) for opinion in given.get(found.contribution, ())):
            raise conflict("opinion.given", "您已对该项发表过意见", "you have given your opinion on it")
        return {**entry, "bureau": actor.bureau, "member": who(actor)}

    rows = each_row(entries, one)
    add_opinions(session, rows)
    for row in rows:
        after = {"agree": row["agree"], "note": row["note"]}
        audit(session, action="contribution.opinion", subject=row["contribution"], before={}, after=after)
    return {"opinions": [{name: row[name] for name in ("contribution", "member", "agree", "note")} for row in rows]}


def settle_contributions(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``decision`` settle, with the ``counts`` that stand (by default those claimed), or reject, with a ``reason``."""
    entries: list[Entry] = command["contributions"]
    ids = [entry["contribution"] for entry in entries]
    given = opinions_on(session, actor.bureau, ids)
    stored = contributions(session, actor.bureau, command["cycle"]).by_ids(ids)
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in stored.values()})

    def settle(old: Contribution, entry: Entry, unit: Unit) -> Contribution:
        check_panel(actor)
        check_not_subject(actor, old.subject, unit)
        opinions = [opinion["agree"] for opinion in given.get(old.contribution, ())]
        if command["decision"] == "reject":
            return old.rejected(command["reason"], opinions, who(actor))
        counts = entry.get("counts") or old.claimed
        library[old.indicator].check_counts(counts)
        return old.settled(counts, opinions, who(actor))

    return _moved(session, actor, command, settle)


def answer(contributions: Any) -> dict[str, Any]:
    shown = ("contribution", "revision", "indicator", "subject", "period", "status", "title", "claimed", "counts")
    return {"contributions": [{name: getattr(one, name) for name in shown} for one in contributions]}


def _moved(session: Session, actor: Actor, command: Command, decide: Any) -> dict[str, Any]:
    batch = Batch(session, actor, command["cycle"], command["contributions"])
    store = contributions(session, actor.bureau, command["cycle"])
    return answer(batch.move(store, "contribution", "contribution", decide))


def _declared(
    actor: Actor, cycle: Cycle, indicator: Indicator, subject: Subject, entry: Entry, old: Contribution | None
) -> Contribution:
    check_answers_for(actor, subject)
    check_tool(indicator, "contribution")
    check_suits(indicator, subject)
    period = cycle.period(entry["period"], indicator.frequency)
    status = STATES.after("declare", old.status if old else None)
    if old:
        check_same_subject(old.subject, subject.code)
        check_revision("contribution", entry.get("revision"), old.revision)
    return Contribution(
        bureau=actor.bureau,
        cycle=cycle.cycle,
        contribution=old.contribution if old else new_id(),
        revision=old.revision + 1 if old else 1,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=period.code,
        unit=subject.unit.unit,
        status=status,
        title=entry["title"],
        title_key=title_key(entry["title"]),
        effect=entry["effect"],
        proof=entry["proof"],
        claimed=claimed_counts(indicator, entry.get("level")),
        counts={},
        reason="",
        declared_by=who(actor),
        screened_by=None,
        settled_by=None,
    )
