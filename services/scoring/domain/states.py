"""States of what follows a run, as tables: command -> state before -> state after."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.scoring.domain.refusals import conflict


@dataclass(frozen=True)
class States:
    word: str
    zh: str
    steps: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]  # state -> Chinese

    def after(self, command: str, state: str) -> str:
        """The state that ``command`` leads to; refused where it is not allowed in ``state``."""
        try:
            return self.steps[command][state]
        except KeyError:
            name = self.names[state]
            raise conflict(
                f"{self.word}.step", f"{self.zh}当前为“{name}”，不能进行此操作", f"not possible while it is {state}"
            ) from None
