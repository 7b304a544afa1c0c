"""A whole bureau scored from dossiers, wherever they come from: the tables of today or a run's stored inputs."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.scoring.domain.composition import compose
from services.scoring.domain.dossier import Dossier
from services.scoring.domain.frame import Frame
from services.scoring.domain.results import Scoring, describe, item_points
from services.scoring.domain.sheets import Sheet, score_subject
from shared.jsontext import canonical

Row = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    scoring: Scoring
    sheets: list[Sheet]

    def result_hash(self) -> str:
        """SHA-256 over everything that was found: the bureau, every subject's row, every item's points."""
        rows = sorted(self.scoring.rows, key=lambda row: str(row["subject"]))
        found = {"bureau": self.scoring.bureau, "rows": rows, "items": item_points(self.sheets)}
        return hashlib.sha256(canonical(found)).hexdigest()


def score_bureau(frame: Frame, dossiers: Iterable[Row]) -> Scored:
    """Reading the next few dossiers from the database is where other green threads get their turn."""
    sheets = list(_sheets(frame, dossiers))
    return Scored(describe(frame.model, compose(frame.model, sheets)), sheets)


def _sheets(frame: Frame, dossiers: Iterable[Row]) -> Iterator[Sheet]:
    for raw in dossiers:
        yield score_subject(frame, frame.by_code[raw["subject"]], Dossier.from_json(raw))
