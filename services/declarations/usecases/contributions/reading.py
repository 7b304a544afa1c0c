"""Contributions as they are shown: with those that look like the same achievement, and how near their subject is to the cap."""

from collections.abc import Sequence

import rules
from services.declarations.domain.choices import Choices, nothing
from services.declarations.domain.contribution_choices import contribution_choices
from services.declarations.domain.contributions import SETTLEMENTS, Contribution
from services.declarations.domain.items import CONTRIBUTION
from services.declarations.domain.reading_permissions import reads_opinions
from services.declarations.domain.words import Counts
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.bureau_rules import panel_rules
from services.declarations.storage.contributions import page_of_contributions, parts_of, settled_of
from services.declarations.storage.library import Library, find_cycle, indicators_by_code, need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.opinions import opinions_on
from services.declarations.storage.scopes import Scope
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.contributions.panel import Panel
from services.declarations.usecases.contributions.same_achievements import like_titles
from services.declarations.usecases.steps import one_with_steps
from shared.actor import Actor
from shared.contracts.declarations.commands.contributions import ContributionQuery, OneContribution
from shared.database import Row, Session

PEOPLE = ("declared_by", "screened_by", "settled_by")


def list_contributions(session: Session, actor: Actor, query: ContributionQuery) -> Row:
    """Return a page; ``same_as`` names others' or own declarations of the same or a similar
    title, ``opinions`` are for the panel's eyes."""
    scope, cycle = Scope.of(session, actor), find_cycle(session, actor.bureau, query["cycle"])
    in_force = panel_rules(session, actor.bureau)
    mine = waiting.asked(
        query.get("waiting"),
        lambda step: waiting.contributions(step, scope, in_force),
        open_=bool(cycle and cycle.is_open),
    )
    page = page_of_contributions(session, scope, query, mine)
    rows: list[Row] = page["items"]
    alike = like_titles(session, actor.bureau, query["cycle"], {row["contribution"]: row["title_key"] for row in rows})
    ids = [row["contribution"] for row in rows]
    opinions = opinions_on(session, actor.bureau, ids) if reads_opinions(actor) else {}
    worth = _Worth(session, actor.bureau, query["cycle"], rows)
    states = {row["contribution"]: Contribution(**row) for row in rows}
    panel = Panel(session, actor, states.values())

    deciders = [power.decider for power in scope.powers]
    decided = {name: one.revision for name, one in states.items() if one.status in SETTLEMENTS}
    parts = parts_of(session, actor.bureau, query["cycle"], decided)
    of_parts = {part: revision for of_one in parts.values() for part, revision in of_one.items()}
    uses = uses_of(session, actor.bureau, CONTRIBUTION, {**decided, **of_parts})

    def choices(one: Contribution) -> Choices:
        check_open = cycle.check_open if cycle else nothing
        used = [uses[part] for part in (one.contribution, *parts.get(one.contribution, ())) if part in uses]
        return contribution_choices(one, scope.units[one.unit], panel.on(one), scope.own, check_open, deciders, used)

    shown = [
        {
            **{name: value for name, value in row.items() if name != "title_key"},
            "same_as": alike[row["contribution"]],
            "opinions": opinions.get(row["contribution"], []),
            **worth.of(row),
            **choices(states[row["contribution"]]),
        }
        for row in rows
    ]
    return {**page, "items": with_names(session, actor.bureau, shown, *PEOPLE)}


def get_contribution(session: Session, actor: Actor, query: OneContribution) -> Row:
    """Return one contribution that the actor may see, with its steps."""
    return one_with_steps(session, actor, query, list_contributions, "contribution", "contribution")


class _Worth:
    """What contributions are worth by the rule, and what their subjects have settled of the same item this year."""

    def __init__(self, session: Session, bureau: str, cycle: str, rows: Sequence[Row]) -> None:
        self._rounding = need_cycle(session, bureau, cycle).rounding
        self._library: Library = indicators_by_code(session, bureau, cycle, {row["indicator"] for row in rows})
        self._settled: dict[tuple[str, str], Counts] = {}
        for row in settled_of(session, bureau, cycle, ((one["subject"], one["indicator"]) for one in rows)):
            key = (row.subject, row.indicator)
            self._settled[key] = rules.add_counts(self._settled.get(key, {}), row.counts)

    def of(self, row: Row) -> Row:
        """Return the worth: ``worth`` of it alone; ``year``: points of all its
        subject's settled ones, of at most ``cap``."""
        indicator = self._library[row["indicator"]]
        year = self._settled.get((row["subject"], row["indicator"]), {})
        return {
            "worth": indicator.points(row["counts"] or row["claimed"], None, self._rounding),
            "year": indicator.points(year, None, self._rounding),
            "cap": indicator.full_points,
        }
