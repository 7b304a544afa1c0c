"""Beside the ranking: how subjects of different lines compare (T-scores) and how sure each seat is (SMAA). Task of a worker."""

from typing import Any

import numpy as np

from services.scoring.analysis.arrays import floats
from services.scoring.analysis.seats import Field, Group, seat_shares, verdict
from services.scoring.analysis.tscores import scales
from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import oversees
from services.scoring.domain.runs import Run
from services.scoring.storage.runs import FRAME, Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.guards import need
from services.scoring.usecases.naming import named
from shared.actor import Actor
from shared.contracts.scoring.commands.selections import SeatsQuery
from shared.database import Session, Sessions

Row = dict[str, Any]
OWN = {"person": "personal", "division": "layer_score", "station": "layer_score"}


def assess_seats(sessions: Sessions, actor: Actor, query: SeatsQuery) -> Row:
    """Assess the seats of a layer; ``query``: {"run", "layer", "draws", "concentration"}. Returns every ranked subject
    with its T-score and the certainty of its seat."""
    need(oversees(actor))
    with sessions.begin(actor) as session:
        run = Runs(session, actor.bureau).get(query["run"])
        rows = [row for row in Scores(session, run.bureau, run.cycle, run.run).all(query["layer"]) if row["rank"]]
        part = Runs(session, actor.bureau).part(run, FRAME)
        assert part is not None
        frame = Frame.from_json(part.read())
        return _assessed(session, run, frame, query, sorted(rows, key=lambda row: (row["rank"], row["subject"])))


def field_of(frame: Frame, layer: str, rows: list[Row], places: int) -> Field:
    """Return the layer as it competes: a person's or division's line weighs its
    categories, a station its five lines."""
    model = frame.model
    groups = []
    for line in sorted({row["line"] for row in rows}):
        members = [place for place, row in enumerate(rows) if row["line"] == line]
        weights = model.composite["station_lines"] if layer == "station" else model.weights[layer].get(line, {})
        source = "line_scores" if layer == "station" else "categories"
        parts = np.array([floats(rows[place][source].get(name) for name in weights) for place in members])
        groups.append(Group(members, {name: float(weight) for name, weight in weights.items()}, parts))
    composite = {name: float(weight) for name, weight in model.composite[layer].items()}
    components = np.array([floats(row["components"].get(name) for name in composite) for row in rows])
    return Field(
        groups, composite, OWN[layer], components.reshape(len(rows), len(composite)), places, frame.model.commend_from
    )


def _assessed(session: Session, run: Run, frame: Frame, query: SeatsQuery, rows: list[Row]) -> Row:
    layer, quota = query["layer"], run.summary["quota"][query["layer"]]
    field = field_of(frame, layer, rows, quota["places"])
    seed = int(run.result_hash[:16], 16)  # the same run gives the same draws
    shares = seat_shares(field, draws=query["draws"], concentration=float(query["concentration"]), seed=seed)
    lines: dict[str, list[float]] = {}
    for row in rows:
        lines.setdefault(row["line"], []).append(float(row["layer_score"]))
    measured = scales(lines)
    items = [
        {
            **{
                name: row[name]
                for name in ("subject", "unit", "line", "rank", "final", "layer_score", "nominated", "struck", "tied")
            },
            "t_score": f"{measured[row['line']].t(float(row['layer_score'])):.1f}",
            "seat_share": f"{share:.3f}",
            "seat": verdict(float(share), nominated=row["nominated"], struck=row["struck"]),
        }
        for row, share in zip(rows, shares, strict=True)
    ]
    about = {
        "run": run.run,
        "layer": layer,
        "quota": quota,
        "draws": query["draws"],
        "concentration": query["concentration"],
    }
    measures = {
        line: {
            "members": one.members,
            "mean": f"{one.mean:.2f}",
            "deviation": f"{one.deviation:.2f}",
            "own_share": f"{one.own:.2f}",
        }
        for line, one in measured.items()
    }
    return {**about, "lines": measures, "items": named(session, run.bureau, {"items": items})["items"]}
