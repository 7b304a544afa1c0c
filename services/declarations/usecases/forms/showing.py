"""A form for a person or unit and a period, as a document that a screen, a sheet or a paper shows."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rules import COUNT
from services.declarations.domain.forms import (
    ACCOUNTABILITY,
    CONTRIBUTION,
    REVIEW,
    SUBJECTIVE,
    TEMPORARY,
)
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.quantities import keys_of, name_of
from services.declarations.domain.words import DECLARED_TOOLS, Counts
from services.declarations.storage import forms as read
from services.declarations.storage.campaigns import secret_items
from services.declarations.storage.library import targets_of
from services.declarations.storage.organisation import names_of
from services.declarations.usecases.forms.about import About, about_form
from services.declarations.usecases.forms.items import review_rows
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.forms import ShownForm
from shared.database import Row, Session
from shared.vocabulary.declarations import FILLED_FORMS, FORMS


def read_form(session: Session, actor: Actor, query: ShownForm) -> Row:
    """Read a form; without a subject it is the actor's own; ``inside``: with the rows of every period that lies
    in this one."""
    about = about_form(session, actor, query)
    form = query["form"]
    inside = query["inside"]
    rows = _inside(about, form) if inside else _of_period(about, form)
    known = {actor.bureau, about.subject.code, about.subject.unit.unit, *_people(rows)}
    names = names_of(session, actor.bureau, known)
    return {
        "form": form,
        "title": FORMS[form],
        "cycle": about.cycle.cycle,
        "period": about.period.code,
        "starts": about.period.starts,
        "ends": about.period.ends,
        "subject": about.subject.code,
        "name": names[about.subject.code],
        "layer": about.subject.layer,
        "unit": about.subject.unit.unit,
        "unit_name": names[about.subject.unit.unit],
        "line": about.subject.line,
        "bureau_name": names[actor.bureau],
        "inside": inside,
        "fillable": about.own and form in FILLED_FORMS and not inside,
        "rows": rows,
        "choices": _choices(about) if form == CONTRIBUTION else [],
        "totals": _totals(rows, added=form != REVIEW or (about.is_whole_year and not inside)),
        "names": {code: names[code] for code in _people(rows)},
    }


def _of_period(about: About, form: str) -> list[Row]:
    return [{**row, "period": about.period.code} for row in _ROWS[form](about)]


def _inside(about: About, form: str) -> list[Row]:
    """Item by item, each with its periods in their order; of what is still to come only what stands already."""
    on = today()
    rows = [
        row
        for one in about.inside
        for row in _of_period(one, form)
        if row["status"] is not None or one.period.starts <= on
    ]
    return sorted(rows, key=lambda row: str(row["indicator"]))


_OF_ORDER = (
    "order", "revision", "title", "standard", "deadline", "percent", "notes", "completed_on", "status",
    "origin", "issued_by", "judged_by",
)  # fmt: skip
_OF_CONTRIBUTION = (
    "contribution", "revision", "title", "effect", "proof", "evidence", "reason", "status",
    "declared_by", "screened_by", "settled_by",
)  # fmt: skip


def _review(about: About) -> list[Row]:
    items = about.of_period(about.library(*DECLARED_TOOLS))
    return review_rows(about.session, about.bureau, about.cycle, about.period, about.subject, items, own=about.own)


def _orders(about: About, *, additional: bool) -> list[Row]:
    library = about.library("accountability")
    rows = read.orders_of(about.session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    known = [(row, library[row["indicator"]]) for row in rows if row["indicator"] in library]
    targets = targets_of(about.session, about.bureau, about.cycle.cycle, [about.subject.code])
    return [
        {
            **{name: row[name] for name in _OF_ORDER},
            **_item(one),
            "counts": _labelled(one, row["counts"]),
            "target": (target := targets.get((about.subject.code, row["indicator"]))),
            "reason": next((str(note["text"]) for note in reversed(row["notes"]) if note.get("kind") == "judge"), ""),
            "meant_points": row["points"],
            "points": _points(about, one, row, target),
        }
        for row, one in known
        if (one.category == "additional") == additional
    ]


def _temporary(about: About) -> list[Row]:
    """Ordered or volunteered; what was volunteered and is assessed has become an order of its own."""
    library = about.library("accountability")
    works = read.works_of(about.session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    waiting = [one for one in works if one["order"] is None and one["indicator"] in library]
    return [*_orders(about, additional=True), *(_work(library[one["indicator"]], one) for one in waiting)]


def _work(one: Indicator, work: Row) -> Row:
    """In the columns of an order: who asked stands for the standard, the day it was done for the deadline."""
    told = {"on": work["done_on"], "by": work["reported_by"], "text": work["outcome"]}
    return {
        **{name: work[name] for name in ("work", "order", "title", "status", "evidence", "reason")},
        **_item(one),
        "standard": f"交办：{work['asked_by']}",
        "deadline": work["done_on"],
        "notes": [told],
        "counts": [],
        "points": None,
        "origin": "volunteered",
        "issued_by": work["confirmed_by"],
        "judged_by": work["assessed_by"],
    }


def _contributions(about: About) -> list[Row]:
    library = about.library("contribution")
    rows = read.contributions_of(about.session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    return [
        {
            **{name: row[name] for name in _OF_CONTRIBUTION},
            **_item(library[row["indicator"]]),
            "level": next((key for key in row["claimed"] if key != COUNT), None),
            "levels": _labelled(library[row["indicator"]], row["claimed"]),
            "points": _points(about, library[row["indicator"]], row),
        }
        for row in rows
        if row["indicator"] in library
    ]


def _evaluations(about: About) -> list[Row]:
    """Results of what is closed; of what is open only that it goes on."""
    graded = read.evaluations_of(about.session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    secret = secret_items(about.session, about.bureau, about.cycle.cycle, [about.subject.code])
    return [
        {**_item(one), **_graded(about, one, graded.get(code), told=(about.subject.code, code) not in secret)}
        for code, one in about.of_period(about.library("subjective")).items()
    ]


def _graded(about: About, one: Indicator, row: Mapping[str, Any] | None, *, told: bool) -> Row:
    """``told``: whether votes and points may be told; else only how many voted."""
    counts: Counts = dict(row["counts"]) if row and told else {}
    return {
        "status": row["status"] if row else None,
        "told": told,
        "ballots": row["votes"] if row and row["counts"] else None,
        "grades": [{"grade": key, "votes": counts.get(key)} for key in keys_of(one.rule, one.rule_params)],
        "points": one.points(counts, None, about.cycle.rounding) if counts else None,
    }


def _choices(about: About) -> list[Row]:
    """What may be declared as a contribution in this period, and at which levels."""
    return [
        {
            "indicator": code,
            "name": one.name,
            "full_points": one.full_points,
            "levels": [
                {"level": key, "label": name_of(key)} for key in keys_of(one.rule, one.rule_params) if key != COUNT
            ],
        }
        for code, one in about.of_period(about.library("contribution")).items()
    ]


def _item(one: Indicator) -> Row:
    return {"indicator": one.indicator, "name": one.name, "category": one.category, "full_points": one.full_points}


def _labelled(one: Indicator, counts: Counts) -> list[Row]:
    order = keys_of(one.rule, one.rule_params)
    return [{"key": key, "label": name_of(key), "value": counts[key]} for key in order if key in counts]


def _points(about: About, one: Indicator, row: Mapping[str, Any], target: Decimal | None = None) -> Any:
    """Only counts that somebody settled are worth something."""
    return one.points(row["counts"], target, about.cycle.rounding) if row["counts"] else None


def _people(rows: list[Row]) -> list[str]:
    """Everybody who stands in the rows."""
    done = {row[key] for row in rows for key in _PEOPLE if row.get(key)}
    return sorted(done | {note["by"] for row in rows for note in row.get("notes", ())})


_PEOPLE = ("declared_by", "verified_by", "assessed_by", "issued_by", "judged_by", "screened_by", "settled_by")


def _totals(rows: Sequence[Row], *, added: bool) -> Row:
    """Return points by name, over the rows that have them, null where none has. Full points count once an item;
    ``added``: points may be added up, being of a whole year, by whose target they are reckoned."""
    full = {row["indicator"]: row["full_points"] for row in rows}
    named: Row = {"full_points": sum(full.values()) if full else None}
    for name in ("self_points", "points"):
        given = [row[name] for row in rows if row.get(name) is not None]
        named[name] = sum(given) if given and added else None
    return named


_ROWS: dict[str, Callable[[About], list[Row]]] = {
    REVIEW: _review,
    ACCOUNTABILITY: lambda about: _orders(about, additional=False),
    TEMPORARY: _temporary,
    CONTRIBUTION: _contributions,
    SUBJECTIVE: _evaluations,
}
