"""Spot checks as they are shown: figures for the whole bureau, the draw for everyone who wants to repeat it, findings by scope."""

from services.declarations.storage import check_lists
from services.declarations.storage.checks import list_of
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.steps import told_steps
from shared.actor import Actor
from shared.contracts.declarations.commands.inspections import InspectionQuery
from shared.contracts.declarations.commands.spot_checks import CorrectionQuery, OneSpotCheck, SpotCheckQuery
from shared.database import Row, Session
from shared.vocabulary.refusals import conflict, missing

OF_CHECK = ("announced_by", "drawn_by", "closed_by")
OF_INSPECTION = ("inspector", "found_by")


def list_spot_checks(session: Session, actor: Actor, query: SpotCheckQuery) -> Row:
    """Return a page of every check of the bureau, cancelled ones too: their figures
    are public inside it (docs/decisions/0231)."""
    page = check_lists.page_of_checks(session, actor.bureau, query)
    return {**page, "items": with_names(session, actor.bureau, page["items"], *OF_CHECK)}


def get_spot_check(session: Session, actor: Actor, query: OneSpotCheck) -> Row:
    """Return one check of the bureau, with its steps."""
    (shown,) = with_names(session, actor.bureau, [_check(session, actor, query["spot_check"])], *OF_CHECK)
    return {**shown, "steps": told_steps(session, actor.bureau, "spot_check", shown)}


def get_draw(session: Session, actor: Actor, query: OneSpotCheck) -> Row:
    """Return what `kaohe spot-check verify` needs; it names items by their ids, and no subject."""
    check = _check(session, actor, query["spot_check"])
    if check["value"] is None:
        raise conflict("spot_check.not_drawn", "尚未抽取，名单不公开", "it is not drawn: its list is not public yet")
    sample = [
        {
            **{name: row[name] for name in ("kind", "item", "probability")},
            "inspectors": [
                *(one["person"] for one in row["recused"] if one["person"]),
                *filter(None, [row["inspector"]]),
            ],
        }
        for row in check_lists.sample_of(session, query["spot_check"])
    ]
    names = ("bureau", "cycle", "spot_check", "title", "commitment", "value_name", "value", "announced_at", "drawn_at")
    text = list_of(session, query["spot_check"])
    return {**{name: check[name] for name in names}, "list": text, "sample": sample}


def list_inspections(session: Session, actor: Actor, query: InspectionQuery) -> Row:
    """Return a page of those one inspects, those about oneself or one's people,
    all of them for whoever reads everything."""
    page = check_lists.page_of_inspections(session, Scope.of(session, actor), query)
    return {**page, "items": with_names(session, actor.bureau, page["items"], *OF_INSPECTION)}


def list_corrections(session: Session, actor: Actor, query: CorrectionQuery) -> Row:
    """Return what checks and appeals changed in one item; for whoever may see its inspections or the item's subject."""
    rows = check_lists.corrections_of(session, Scope.of(session, actor), query)
    return {"items": with_names(session, actor.bureau, rows, "by")}


def _check(session: Session, actor: Actor, one: str) -> Row:
    row = check_lists.check_by_id(session, actor.bureau, one)
    if row is None:
        raise missing("spot_check.unknown", "没有这次抽查", "there is no such spot check")
    return row
