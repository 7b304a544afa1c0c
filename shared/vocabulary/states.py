"""A small machine of states: which command may follow which status."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.vocabulary.refusals import conflict


@dataclass(frozen=True)
class States:
    """``moves``: command → {status before: status after}; None stands for what does not exist yet.

    ``zh``: what the thing is called; ``names``: status → its Chinese word; ``code``: of the refusal, where it is not the usual one.
    """

    word: str
    zh: str
    moves: Mapping[str, Mapping[str | None, str]]
    names: Mapping[str, str] = field(default_factory=dict)
    code: str = ""

    def after(self, command: str, status: str | None) -> str:
        """Return the status after ``command``; raises ``Refused`` (conflict) where ``status`` does not allow it."""
        try:
            return self.moves[command][status]
        except KeyError:
            name = self.names.get(status or "", status)
            raise conflict(
                self.code or f"{self.word}.state",
                f"{self.zh}当前为“{name}”，不能进行此操作" if status else f"没有这样的{self.zh}",
                f"{command} is not possible while the {self.word.replace('_', ' ')} is {status}",
            ) from None

    def allows(self, command: str, status: str | None) -> bool:
        """Tell whether ``command`` may follow ``status``."""
        return status in self.moves[command]
