"""The live standing of a bureau's cycle, held in memory by each process and brought up to date whenever it is asked for.

A handler only notes which subject and indicator a state touches (storage/touched.py). Whoever asks next scores those items anew from their
facts and passes the difference upwards: the cost goes by what changed, not by the size of the bureau. What is in memory can be lost
at any time: a process that holds no standing begins with the one that was kept (storage/kept_standings.py), and where there is none makes it
from the facts (docs/decisions/0316, 1110).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from threading import Lock
from typing import Any, NamedTuple

from rules import RULES
from services.scoring.domain.dossier import Dossier
from services.scoring.domain.frame import Frame, Subject
from services.scoring.domain.sheets import score_own_item, score_subject
from services.scoring.kernel.live import Live, points_of
from services.scoring.kernel.memory import live_size
from services.scoring.kernel.packing import packed, unpacked
from services.scoring.storage.facts import read_dossiers, read_items
from services.scoring.storage.kept_standings import KeptStanding, keep_standing, read_standing
from services.scoring.storage.projections import read_frame
from services.scoring.storage.run_store import FRAME, Part
from services.scoring.storage.touched import Marks, marks, since
from services.scoring.usecases.held import held
from shared.clock import now, today
from shared.database import Session

Row = dict[str, Any]
SUBJECTS_AT_ONCE = 100  # scored in one step; reading the next ones lets other green threads run
ITEMS_AT_ONCE = 500
KEPT_EVERY = 5_000  # versions after which it is kept anew: so many at most are worked in by who begins with it
PROGRESS_SIZE = 400  # bytes of memory that the progress of an item takes


class ItemProgress(NamedTuple):
    """``causes``: (period or campaign, cause) of everything that was due or waits."""

    due: int
    declared: int
    causes: tuple[tuple[str, str], ...]


Progress = dict[str, ItemProgress]  # by indicator, of what concerns a subject


@dataclass
class Standing:
    """``live`` in ``frame`` as of ``marks`` and ``day``; ``at``: when it last changed; ``kept``: the version that was kept."""

    lock: Lock = field(default_factory=Lock)
    live: Live | None = None
    frame: Part | None = None
    progress: dict[str, Progress] = field(default_factory=dict)  # of the subjects that were asked for
    marks: Marks | None = None
    day: date | None = None
    at: datetime | None = None
    kept: int = 0
    live_size: int = 0

    @property
    def size(self) -> int:
        """Bytes of memory, estimated."""
        return self.live_size + PROGRESS_SIZE * sum(map(len, self.progress.values()))


def current(session: Session, bureau: str, cycle: str) -> tuple[Live, datetime]:
    """Return the standing by all facts that were committed when this was called, and when it last changed."""
    standing = _standing(bureau, cycle)
    with standing.lock:
        return _followed(session, bureau, cycle, standing)


def current_progress(
    session: Session, bureau: str, cycle: str, chosen: Callable[[Live], Sequence[str]]
) -> tuple[Live, dict[str, Progress]]:
    """Return the standing and, of those whom ``chosen`` names in it, what was due and what became of it; of each it is held
    until one of its facts changes."""
    standing = _standing(bureau, cycle)
    with standing.lock:
        live, _ = _followed(session, bureau, cycle, standing)
        frame, subjects = live.frame, chosen(live)
        if standing.size > held().room:
            standing.progress.clear()
        for raw in read_dossiers(session, bureau, cycle, [one for one in subjects if one not in standing.progress]):
            sheet = score_subject(frame, frame.by_code[raw["subject"]], Dossier.from_json(raw))
            standing.progress[raw["subject"]] = {
                one.item.indicator: ItemProgress(one.due, one.declared, tuple(one.causes))
                for one in sheet.items
                if one.due or one.causes or one.points is not None
            }
        held().weigh(_key(bureau, cycle), standing, standing.size)
        return live, {code: standing.progress[code] for code in subjects}


def forget() -> None:
    """Forget what is held: it is made anew when it is next asked for."""
    held().forget()


def _standing(bureau: str, cycle: str) -> Standing:
    return held().hold(_key(bureau, cycle), Standing)


def _key(bureau: str, cycle: str) -> tuple[str, str, str]:
    return "standing", bureau, cycle


def _followed(session: Session, bureau: str, cycle: str, standing: Standing) -> tuple[Live, datetime]:
    _follow(session, bureau, cycle, standing)
    assert standing.live
    assert standing.at
    return standing.live, standing.at


def _follow(session: Session, bureau: str, cycle: str, standing: Standing) -> None:
    """The marks are read before the facts: what arrives in between is scored now and again next time, to the same points."""
    if standing.live is None:
        _begin(session, bureau, cycle, standing)
    reached, before, day = marks(session, bureau, cycle), standing.marks, today()
    if reached == before and standing.day == day:
        return
    pairs = (
        None
        if before is None or _is_another(before, reached)
        else since(session, bureau, cycle, before.cycle[1], reached.cycle[1])
    )
    standing.marks, frame = None, standing.frame  # what fails half-way is made anew
    if pairs is None:
        standing.live = None
    moved = before is None or before.organisation != reached.organisation or standing.day != day
    if pairs is None or moved or ("", "") in pairs:
        _fit(session, bureau, cycle, standing, day)
        standing.progress.clear()
    for subject, _ in pairs or ():
        standing.progress.pop(subject, None)
    assert standing.live
    _apply(session, bureau, cycle, standing.live, pairs or [])
    standing.marks, standing.day, standing.at = reached, day, now()
    if standing.frame is not frame or reached.cycle[1] - standing.kept >= KEPT_EVERY:
        _keep(session, bureau, cycle, standing)


def _begin(session: Session, bureau: str, cycle: str, standing: Standing) -> None:
    """Begin with the standing that was kept, as if it had been held ever since."""
    kept = read_standing(session, bureau, cycle)
    if kept is None:
        return
    frame = Frame.from_json(kept.frame.read())
    _put(bureau, cycle, standing, Live(frame, unpacked(frame, kept.points), kept.vetoes), kept.frame)
    standing.marks, standing.day, standing.at = kept.marks, kept.day, kept.at
    standing.kept = kept.marks.cycle[1]


def _keep(session: Session, bureau: str, cycle: str, standing: Standing) -> None:
    assert standing.live
    assert standing.frame
    assert standing.marks
    assert standing.day
    assert standing.at
    vetoes = {code: own for code, own in standing.live.vetoes.items() if own}
    one = KeptStanding(standing.marks, standing.day, standing.at, standing.frame, packed(standing.live), vetoes)
    keep_standing(session, bureau, cycle, one)
    standing.kept = standing.marks.cycle[1]


def _put(bureau: str, cycle: str, standing: Standing, live: Live, frame: Part) -> None:
    standing.live, standing.frame, standing.live_size = live, frame, live_size(live)
    held().weigh(_key(bureau, cycle), standing, standing.size)


def _is_another(before: Marks, reached: Marks) -> bool:
    """Whether the schema was dropped and filled again, or an organisation appeared."""
    return (before.cycle[0], before.organisation[0]) != (reached.cycle[0], reached.organisation[0])


def _fit(session: Session, bureau: str, cycle: str, standing: Standing, day: date) -> None:
    """A standing in the frame of now; points are kept where nothing of them depends on what changed."""
    raw = read_frame(session, bureau, cycle, as_of=day)
    part = Part.of(FRAME, raw)
    if standing.live and standing.frame and part.hash == standing.frame.hash:
        return
    frame, before = Frame.from_json(raw), standing.live
    kept = [one for one in frame.subjects if before and _keeps_points(before.frame, frame, one)]
    points = {one.code: before.points(one.code) for one in kept if before}
    vetoes = {one.code: before.vetoes.get(one.code, []) for one in kept if before}
    others = [one for one in frame.subjects if one.code not in points]
    for some in _parts(others, SUBJECTS_AT_ONCE):
        dossiers = read_dossiers(session, bureau, cycle, [one.code for one in some])
        read_points, read_vetoes = points_of(frame, tuple(some), dossiers)
        points.update(read_points)
        vetoes.update(read_vetoes)
    _put(bureau, cycle, standing, Live(frame, points, vetoes), part)


def _keeps_points(before: Frame, after: Frame, subject: Subject) -> bool:
    same_rules = all(
        getattr(before.model, name) == getattr(after.model, name) for name in ("due", "rounding", "days", "evaluations")
    )
    was = before.by_code.get(subject.code)
    same_subject = was is not None and all(
        getattr(was, name) == getattr(subject, name) for name in ("layer", "line", "days", "away", "lines", "line_away")
    )
    return same_rules and same_subject and before.items == after.items


def _apply(session: Session, bureau: str, cycle: str, live: Live, pairs: Iterable[tuple[str, str]]) -> None:
    known = sorted(pair for pair in pairs if pair[0] in live.place)
    _apply_vetoes(session, bureau, cycle, live, [subject for subject, indicator in known if not indicator])
    for some in _parts([pair for pair in known if pair[1]], ITEMS_AT_ONCE):
        _apply_items(session, bureau, cycle, live, some)


def _apply_vetoes(session: Session, bureau: str, cycle: str, live: Live, subjects: Sequence[str]) -> None:
    for raw in read_dossiers(session, bureau, cycle, subjects):
        live.strike(raw["subject"], raw["vetoes"])


def _apply_items(session: Session, bureau: str, cycle: str, live: Live, pairs: Sequence[tuple[str, str]]) -> None:
    dossiers = {raw["subject"]: Dossier.from_json(raw) for raw in read_items(session, bureau, cycle, pairs)}
    items = {item.indicator: item for item in live.frame.items}
    for code, indicator in pairs:
        item = items.get(indicator)
        if item is None or RULES[item.rule].strikes:
            continue
        score = score_own_item(live.frame, live.frame.by_code[code], dossiers[code], item)
        live.change(code, indicator, -1 if score.points is None else int(score.points * 100))


def _parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    walker = iter(items)
    while part := list(islice(walker, size)):
        yield part
