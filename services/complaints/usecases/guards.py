"""What stands before a use case: permission."""

from shared.errors import Forbidden


def guard(allowed: bool, why: str | None = None) -> None:  # noqa: FBT001  # reads as a sentence: guard(may_close(actor))
    """Raise ``Forbidden`` unless ``allowed``. ``why``: what to tell of it in Chinese."""
    if not allowed:
        zh = f"您没有此项投诉举报权限：{why}" if why else "您没有此项投诉举报权限"
        raise Forbidden("case.forbidden", zh=zh, en="you may not do this with cases")
