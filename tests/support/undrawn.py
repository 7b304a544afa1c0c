"""Papers that are not drawn, for tests that ask who may have one: a second of each would go to fonts and tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from unittest.mock import patch

from gateway.paper import printing

READS = ("form-rows",)  # what somebody sent is read as ever


@contextmanager
def undrawn() -> Iterator[None]:
    """Until the end of the context a paper is its first bytes."""
    drawn = printing._print

    def begun(kind: str, given: IO[bytes], made: IO[bytes], patience: float) -> None:
        if kind in READS:
            drawn(kind, given, made, patience)
            return
        made.write(printing._BEGINS[kind])
        made.seek(0)

    with patch.object(printing, "_print", begun):
        yield
