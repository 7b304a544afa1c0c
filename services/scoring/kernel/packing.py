"""The points of a standing as bytes: those of each kind's subjects and items in the order of the frame, zlib."""

import zlib

import numpy as np

from services.scoring.domain.frame import Frame
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.live import Live
from services.scoring.kernel.plan import kinds

NUMBER = np.dtype("<i8")


def packed(live: Live) -> bytes:
    """Return the points of everybody, kind by kind, as ``unpacked`` takes them."""
    return zlib.compress(b"".join(one.points.astype(NUMBER).tobytes() for one in live.rectangles), 1)


def unpacked(frame: Frame, body: bytes) -> dict[str, Ints]:
    """Return subject -> hundredths of its items in their order; ``ValueError`` where these are not the points of this frame."""
    numbers = np.frombuffer(zlib.decompress(body), NUMBER)
    points: dict[str, Ints] = {}
    start = 0
    for kind in kinds(frame):
        size = len(kind.subjects) * len(kind.items)
        rows = numbers[start : start + size].reshape(len(kind.subjects), len(kind.items))
        points.update(zip((one.code for one in kind.subjects), rows, strict=True))
        start += size
    if start != len(numbers):
        raise ValueError(f"{len(numbers)} points for a frame of {start}")
    return points
