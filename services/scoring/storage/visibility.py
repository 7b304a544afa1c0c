"""Publications: what everybody may see of a run, and until when objections are taken."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from services.scoring.domain.publication import EVERYTHING, Publication
from services.scoring.domain.run import PUBLISHED, Run
from services.scoring.storage.result_tables import publication
from services.scoring.storage.run_store import Runs
from services.scoring.storage.tables import cycle
from shared.vocabulary.refusals import conflict


def publication_of(session: Session, bureau: str, run: str, *, lock: bool = False) -> Publication | None:
    chosen = select(publication).where(publication.c.bureau == bureau, publication.c.run == run)
    found = session.execute(chosen.with_for_update() if lock else chosen).mappings().first()
    return Publication(**found) if found else None


def visible_of(session: Session, run: Run) -> Mapping[str, str]:
    """Return layer -> level; nothing before publication, everything of a run that
    was published before there were settings."""
    if run.status != PUBLISHED:
        return {}
    found = publication_of(session, run.bureau, run.run)
    return EVERYTHING if found is None else found.visible


def visible_of_cycle(session: Session, bureau: str, code: str) -> Mapping[str, str]:
    """Return what is visible by the run of the cycle that was published last."""
    runs = Runs(session, bureau)
    newest = runs.published(code)
    return {} if newest is None else visible_of(session, runs.get(newest))


def add_publication(session: Session, one: Publication) -> None:
    session.execute(insert(publication), [_row(one)])


def change_publication(session: Session, one: Publication) -> None:
    c = publication.c
    old = (c.bureau == one.bureau, c.run == one.run, c.revision == one.revision - 1)
    if session.execute(update(publication).where(*old).values(**_row(one))).rowcount != 1:  # type: ignore[attr-defined]  # of an update
        raise conflict("publication.changed", "公布设置已被他人修改", "the publication was changed meanwhile")


def calendar_of(session: Session, bureau: str, code: str) -> dict[date, bool]:
    """Return the cycle's own days, over those of the national calendar."""
    chosen = select(cycle.c.calendar).where(cycle.c.bureau == bureau, cycle.c.cycle == code)
    found: dict[str, bool] = session.execute(chosen).scalar() or {}
    return {date.fromisoformat(day): worked for day, worked in found.items()}


def _row(one: Publication) -> dict[str, Any]:
    return asdict(replace(one, visible=dict(one.visible)))
