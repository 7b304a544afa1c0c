"""A whole bureau scored from dossiers, wherever they come from: the tables of today or a run's stored inputs."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.domain.results import Scoring
from services.scoring.kernel.answers import all_points, all_rows, bureau_row, points_text, rules_of
from services.scoring.kernel.bureau import score
from services.scoring.kernel.encoding import encode
from services.scoring.kernel.live import Live
from services.scoring.kernel.organisation import organisation_of
from shared.jsontext import canonical

Row = dict[str, Any]
Progress = Callable[[int, int], None]  # subjects done, of how many


def silently(_done: int, _total: int) -> None:
    """Ignore the progress: nobody watches."""


@dataclass(frozen=True)
class Scored:
    """``items``: subject -> indicator -> points, None where an item does not apply."""

    scoring: Scoring
    items: dict[str, dict[str, str | None]]

    def result_hash(self) -> str:
        """Return SHA-256 over everything that was found: the bureau, every subject's row, every item's points."""
        rows = sorted(self.scoring.rows, key=lambda row: str(row["subject"]))
        found = {"bureau": self.scoring.bureau, "rows": rows, "items": self.items}
        return hashlib.sha256(canonical(found)).hexdigest()


def rescored(frame: Frame, scored: Scored, points: Sequence[tuple[str, str, int]]) -> Scored:
    """Return ``scored`` with other points (hundredths, -1: does not apply) for single items of subjects."""
    vetoes = {row["subject"]: row["vetoes"] for row in scored.scoring.rows}
    known = {
        one.code: [hundredths(scored.items[one.code][item.indicator]) for item in frame.items_of(one)]
        for one in frame.subjects
    }
    live = Live(frame, known, vetoes)
    items = {code: dict(own) for code, own in scored.items.items()}
    for subject, indicator, value in points:
        live.change(subject, indicator, value)
        items[subject][indicator] = points_text(value)
    return Scored(Scoring(live.bureau_row(), all_rows(frame, live.result(), vetoes)), items)


def hundredths(points: str | None) -> int:
    """Return points as the kernel has them; -1: the item does not apply."""
    return -1 if points is None else int(Decimal(points) * 100)


def score_bureau(frame: Frame, dossiers: Iterable[Row]) -> Scored:
    """Score the bureau; reading the next few dossiers from the database is where other green threads get their turn."""
    encoded = encode(frame, dossiers)
    organisation, rules = organisation_of(frame), rules_of(frame.model)
    result = score(encoded.blocks, organisation, rules, encoded.vetoed(frame), keep_points=True)
    scoring = Scoring(bureau_row(frame.model, result), all_rows(frame, result, encoded.vetoes))
    return Scored(scoring, all_points(encoded.kinds, result))
