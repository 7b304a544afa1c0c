"""What stands before a use case: permission."""

from shared.errors import Forbidden


def guard(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: guard(may_close(actor))
    """Raises ``Forbidden`` unless ``allowed``."""
    if not allowed:
        raise Forbidden("case.forbidden", zh="您没有此项投诉举报权限", en="you may not do this with cases")
