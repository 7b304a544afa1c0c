"""How many bytes of memory things take, estimated from what they are made of (CPython 3.11, 64 bits; held by tests/unit/scoring/test_memory.py)."""

from services.scoring.domain.frame import Frame
from services.scoring.kernel.live import Live

FRAME, ITEM, SUBJECT, STAY = 20_000, 1_700, 600, 170
LIVE, PLACE = 1_400_000, 1_050  # a standing's own tables; what stands above the points of one subject


def frame_size(frame: Frame) -> int:
    """Estimate a frame with what is looked up in it."""
    stays = sum(len(one.stays) for one in frame.subjects)
    return FRAME + ITEM * len(frame.items) + SUBJECT * len(frame.subjects) + STAY * stays


def live_size(live: Live) -> int:
    """Estimate a standing with its frame and what is made when somebody asks for the whole list."""
    points = sum(one.points.nbytes + one.sums.nbytes + one.fulls.nbytes for one in live.rectangles)
    return frame_size(live.frame) + LIVE + points + PLACE * len(live.place)
