"""Contributions: declare, agree to shares, screen. What the panel does with them is in panel.py."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypedDict

from services.declarations.domain.contributions import (
    STATES,
    Contribution,
    check_same_subject,
    claimed_counts,
    title_key,
)
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.delegations import in_whose_name
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.organisation import Subject, Unit, who
from services.declarations.domain.permissions import check_answers_for, check_screens
from services.declarations.domain.sharing import Share, check_shares
from services.declarations.storage.aggregates import contributions
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.contributions.same_achievements import like_titles
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from services.declarations.usecases.transitions import Batch, Entry
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.contributions import (
    ChosenContribution,
    ChosenContributions,
    NewContribution,
    NewContributions,
    Screening,
    ShareAnswer,
    ShareAnswers,
)
from shared.contracts.declarations.commands.contributions import Share as NewShare
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import check_replaces


class _Contributions(TypedDict, Generic[Entry]):
    cycle: str
    mode: str
    contributions: list[Entry]


def declare_contributions(session: Session, actor: Actor, command: NewContributions, words: str = "") -> Row:
    """Declare contributions.

    An entry that names a returned ``contribution`` puts it forward again. ``words``: on record with each.
    """
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["contributions"]
    again = [entry["contribution"] for entry in entries if entry.get("contribution")]
    check_no_repetition(again, lambda one: one)
    store = contributions(session, actor.bureau, cycle.cycle)
    stored = store.by_ids(again)
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    partners = [share["subject"] for entry in entries for share in entry["shares"]]
    organisation = Organisation(session, actor.bureau, subjects=[*partners, *(entry["subject"] for entry in entries)])

    referring = Referring(session, actor, cycle.cycle, (entry["evidence"] for entry in entries))

    def one(entry: NewContribution) -> tuple[Contribution, Contribution | None]:
        old = pick(stored, "contribution", entry["contribution"]) if entry.get("contribution") else None
        subject = organisation.subject(entry["subject"])
        referring.check(entry["evidence"], subject.code)
        indicator = library[entry["indicator"]]
        shares = _shares(indicator, organisation, subject, entry["shares"])
        return _declared(actor, cycle, indicator, subject, entry, shares, old), old

    changes = each_row(entries, one)
    store.add([new for new, old in changes if old is None])
    store.change([new for new, old in changes if old is not None])
    referring.note("contribution", ((new.contribution, new.subject, new.evidence) for new, _ in changes))
    record_changes(session, actor, changes, words=words)
    declared = [new for new, _ in changes]
    keys = {one.contribution: one.title_key for one in declared}
    return answer(declared, like_titles(session, actor.bureau, cycle.cycle, keys))


def screen_contributions(session: Session, actor: Actor, command: Screening) -> Row:
    """Screen contributions: ``decision`` pass or return (then with a ``reason``), by
    the head who verifies the subject's items."""

    deciders = deciders_of(session, actor, today())

    def screen(old: Contribution, _entry: ChosenContribution, unit: Unit) -> Contribution:
        in_whose_name(
            deciders, lambda one: check_screens(one, old.subject, old.layer, old.declared_by, unit, old.shares)
        )
        return old.screened(who(actor)) if command["decision"] == "pass" else old.returned(command["reason"])

    return _moved(session, actor, command, screen)


def withdraw_contributions(session: Session, actor: Actor, command: ChosenContributions) -> Row:
    """Withdraw contributions that nobody has screened; they may be put forward again."""

    def withdraw(old: Contribution, _entry: ChosenContribution, unit: Unit) -> Contribution:
        check_answers_for(actor, Subject(old.subject, old.layer, unit.line, unit))
        return old.withdrawn()

    return _moved(session, actor, command, withdraw)


def answer_shares(session: Session, actor: Actor, command: ShareAnswers) -> Row:
    """Answer a proposal of shares, by the partner, or the head of the unit."""
    entries = command["contributions"]
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))

    def reply(old: Contribution, entry: ShareAnswer, _unit: Unit) -> Contribution:
        check_answers_for(actor, organisation.subject(entry["subject"]))
        return old.answered(entry["subject"], entry["note"], agree=entry["agree"])

    return _moved(session, actor, command, reply)


def answer(contributions: Any, same: Mapping[str, Any] | None = None) -> Row:
    shown = (
        "contribution", "revision", "indicator", "subject", "period", "status", "title", "shares", "part_of", "claimed",
        "counts",
    )  # fmt: skip
    return {
        "contributions": [
            {**{name: getattr(one, name) for name in shown}, "same_as": (same or {}).get(one.contribution, [])}
            for one in contributions
        ]
    }


def _shares(indicator: Indicator, organisation: Organisation, lead: Subject, given: Sequence[NewShare]) -> list[Share]:
    """Everybody's share as proposed; whoever declares it has agreed, the others are asked."""
    if not given:
        return []
    check_shares(given, lead.code)
    subjects = [organisation.subject(one["subject"]) for one in given]
    for subject in subjects:
        check_suits(indicator, subject)
    return [
        {
            "subject": subject.code,
            "unit": subject.unit.unit,
            "layer": subject.layer,
            "share": f"{one['share']:f}",
            "agreed": True if subject.code == lead.code else None,
            "note": "",
        }
        for one, subject in zip(given, subjects, strict=True)
    ]


def _moved(
    session: Session,
    actor: Actor,
    command: _Contributions[Entry],
    decide: Callable[[Contribution, Entry, Unit], Contribution],
) -> Row:
    batch = Batch(session, actor, command["cycle"], command["contributions"], command["mode"])
    store = contributions(session, actor.bureau, command["cycle"])
    return {**answer(batch.move(store, "contribution", "contribution", decide)), **batch.left_out}


def _declared(
    actor: Actor,
    cycle: Cycle,
    indicator: Indicator,
    subject: Subject,
    entry: NewContribution,
    shares: list[Share],
    old: Contribution | None,
) -> Contribution:
    check_answers_for(actor, subject)
    check_tool(indicator, "contribution")
    check_suits(indicator, subject)
    period = cycle.period(entry["period"], indicator.frequency)
    period.check_begun(today())
    status = STATES.after("declare", old.status if old else None)
    if old:
        old.check_whole()
        check_same_subject(old.subject, subject.code)
        check_replaces("contribution", entry.get("revision"), old.revision)
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
        evidence=entry["evidence"],
        shares=shares,
        part_of=None,
        claimed=claimed_counts(indicator, entry.get("level")),
        counts={},
        reason="",
        declared_by=who(actor),
        screened_by=None,
        settled_by=None,
    )
