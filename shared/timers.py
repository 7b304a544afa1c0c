"""What timers do in each bureau, one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.logs import log


@contextmanager
def going_on(bureau: str, **about: str) -> Iterator[None]:
    """Log what fails in one bureau, or in what it is ``about``: it comes again with the next look, and keeps no other waiting."""
    try:
        yield
    except Exception:
        log.exception("what is due could not be brought about", bureau=bureau, **about)
