"""What is wrong with a rule's parameters or with the quantities given to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleFault:
    """One fault: a stable dotted ``code``, the ``path`` of the part at fault (``steps.1``), and both texts."""

    code: str
    path: str
    zh: str
    en: str
