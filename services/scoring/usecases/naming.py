"""Names beside the codes, as they are today: a name is no input of a score and is not frozen with it."""

from collections.abc import Callable
from typing import Any

from services.scoring.domain.ballots import veiled
from services.scoring.domain.narrative import narrated, people_in
from services.scoring.storage.projections import names
from shared.database import Session


def bureau_name(session: Session, bureau: str) -> str | None:
    """Return what the bureau is called; nothing where its unit has not come in."""
    return names(session, bureau, [bureau]).get(bureau)


def named(session: Session, bureau: str, page: dict[str, Any]) -> dict[str, Any]:
    """Return the page with ``name`` and ``unit_name`` in every item."""
    codes = {item[key] for item in page["items"] for key in ("subject", "unit")}
    known = names(session, bureau, codes)
    items = [
        {**item, "name": known.get(item["subject"]), "unit_name": known.get(item["unit"])} for item in page["items"]
    ]
    return {**page, "items": items}


def of_how_many(page: dict[str, Any], ranked: Callable[[str], int]) -> dict[str, Any]:
    """Return the page with ``ranked`` beside each rank. ``ranked``: layer -> how many have one."""
    known = {layer: ranked(layer) for layer in {item["layer"] for item in page["items"]}}
    return {**page, "items": [{**item, "ranked": known[item["layer"]]} for item in page["items"]]}


def told(session: Session, bureau: str, tree: dict[str, Any]) -> dict[str, Any]:
    """Return an explanation in sentences, with the names of its subject and unit, and without the votes of a few."""
    known = names(session, bureau, {bureau, *people_in(tree)})
    own = {"name": known.get(tree["subject"]), "unit_name": known.get(tree["unit"]), "bureau_name": known.get(bureau)}
    return narrated(veiled({**tree, **own}), known)
