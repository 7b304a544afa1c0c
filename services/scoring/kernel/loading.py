"""The points of whole dossiers, as the standing in memory starts with them."""

from collections.abc import Iterable

import numpy as np

from services.scoring.domain.frame import Frame, Subject
from services.scoring.kernel.encoding import Row, encode
from services.scoring.kernel.sheets import prepared, score_column, sum_type


def points_of(
    frame: Frame, subjects: tuple[Subject, ...], dossiers: Iterable[Row]
) -> tuple[dict[str, list[int]], dict[str, list[Row]]]:
    """Load, for some subjects of the frame, the hundredths of their items (-1:
    not applicable) and their confirmed vetoes."""
    encoded = encode(Frame(frame.model, frame.items, subjects), dossiers)
    points: dict[str, list[int]] = {}
    for kind, block in zip(encoded.kinds, encoded.blocks, strict=True):
        unused = np.zeros((2, len(block)), sum_type(block))
        even = frame.model.even
        columns = [score_column(prepared(one, even=even), even, *unused).tolist() for one in block.columns]
        for row, subject in enumerate(kind.subjects):
            points[subject.code] = [column[row] for column in columns]
    return points, encoded.vetoes
