"""A small machine of states: which command may follow which status."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.declarations.domain.refusals import conflict


@dataclass(frozen=True)
class States:
    """``moves`` maps a command to {status before: status after}; ``None`` stands for what does not exist yet."""

    word: str
    zh: str
    moves: Mapping[str, Mapping[str | None, str]]

    def after(self, command: str, status: str | None) -> str:
        """The status after ``command``; ``Refused`` (conflict) where ``status`` does not allow it."""
        try:
            return self.moves[command][status]
        except KeyError:
            raise conflict(
                f"{self.word}.state",
                f"{self.zh}当前状态为 {status}，不能执行 {command}",
                f"{command} is not possible while the {self.word.replace('_', ' ')} is {status}",
            ) from None


def check_revision(word: str, given: int | None, stored: int) -> None:
    """What was decided on a state that has changed meanwhile is refused; nobody has to give a revision."""
    if given is not None and given != stored:
        raise conflict(
            f"{word}.stale",
            f"内容已被他人修改（现为第 {stored} 版），请刷新后重试",
            f"it was changed meanwhile: revision is {stored}, not {given}",
        )
