"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class Empty(TypedDict):
    """Nothing has to be said."""
