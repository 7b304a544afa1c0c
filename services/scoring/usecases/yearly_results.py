"""What everyone reached in a year, told to whoever sets the targets of the next one (docs/decisions/0120).

A state a subject, made from the inputs that were frozen with the published run, so it can be told again at any time and is
always the same. It takes its time, so a worker does it, some hundred subjects a transaction: what was told twice counts once.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from services.scoring.domain.dossier import Dossier
from services.scoring.domain.frame import Frame
from services.scoring.domain.items import ItemScore
from services.scoring.domain.run import Run
from services.scoring.domain.sheets import score_subject
from services.scoring.storage.facts import SUBJECTS_AT_ONCE
from services.scoring.storage.publications import Publications
from services.scoring.storage.run_store import FRAME, Runs
from shared.actor import Actor, system
from shared.database import Session, Sessions
from shared.events import ItemResult, ResultsChanged
from shared.recording import audit, republish

_AT_ONCE = 200  # as many as travel in one message


def tell_results(sessions: Sessions, actor: Actor, code: str) -> dict[str, int]:
    """Tell the results of a published run; returns how many states were told. Nothing
    where a later publication has taken its place."""
    told = 0
    with sessions.begin(actor) as reading:
        states = results_of(reading, actor.bureau, code)
        while part := list(islice(states, _AT_ONCE)):
            with sessions.begin(actor) as session:
                republish(session, part)
            told += len(part)
    with sessions.begin(actor) as session:
        audit(session, action="results.told", subject=f"{actor.bureau}/{code}", before={}, after={"states": told})
    return {"told": told}


def tell_all_results(sessions: Sessions) -> dict[str, int]:
    """Tell every cycle's last publication again: for a consumer that lost its copy."""
    with sessions.begin(system("")) as session:
        last = Publications(session).newest()
    return {"told": sum(tell_results(sessions, system(bureau), run)["told"] for bureau, run in last)}


def results_of(session: Session, bureau: str, code: str) -> Iterator[ResultsChanged]:
    """Yield every subject of the run, and those which only an earlier publication of the cycle had."""
    runs, publications = Runs(session, bureau), Publications(session)
    run = runs.get(code)
    order = publications.of_cycle(bureau, run.cycle)
    if code not in order or order[-1] != code:
        return
    revision = len(order)
    stored = runs.part(run, FRAME)
    assert stored is not None, "a run is stored with its inputs"
    frame = Frame.from_json(stored.read())
    yield from _published(runs, run, frame, revision)
    for subject, layer, unit in _gone(publications, run, order[:-1]):
        yield _state(run, revision, "withdrawn", (subject, layer, unit), ())


def _published(runs: Runs, run: Run, frame: Frame, revision: int) -> Iterator[ResultsChanged]:
    for part in runs.subject_parts(run, SUBJECTS_AT_ONCE):
        subject = frame.by_code[part.part]
        sheet = score_subject(frame, subject, Dossier.from_json(part.read()))
        yield _state(run, revision, "published", (subject.code, subject.layer, subject.unit), sheet.items)


def _gone(publications: Publications, run: Run, earlier: Iterable[str]) -> list[tuple[str, str, str]]:
    """(subject, layer, unit) of those whom an earlier publication had and this one has not."""
    had: dict[str, tuple[str, str, str]] = {}
    for code in earlier:
        had |= publications.subjects(run.bureau, run.cycle, code)
    now = publications.subjects(run.bureau, run.cycle, run.run)
    return [had[subject] for subject in sorted(had.keys() - now.keys())]


def _state(
    run: Run, revision: int, status: str, whose: tuple[str, str, str], items: Iterable[ItemScore]
) -> ResultsChanged:
    subject, layer, unit = whose
    return ResultsChanged(
        bureau=run.bureau,
        cycle=run.cycle,
        subject=subject,
        layer=layer,
        unit=unit,
        revision=revision,
        status=status,
        run=run.run,
        items=[_result(one) for one in items],
        by=run.published_by or "",
    )


def _result(one: ItemScore) -> ItemResult:
    counts = dict(sorted(one.counts.items()))
    return ItemResult(one.item.indicator, one.item.rule, counts, one.target, one.points)
