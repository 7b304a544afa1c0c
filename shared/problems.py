"""What a caller is told for whatever went wrong: the same at the edge of a service and at the gateway's own."""

from marshmallow import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError

from shared.errors import Conflict, Invalid, Problem, Unavailable


def as_problem(error: BaseException) -> Problem | None:
    """Return the Problem that a caller is told for ``error``; None for a fault of ours, which is logged in full."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ValidationError):
        return Invalid.from_marshmallow(error)
    if isinstance(error, DataError):
        return Invalid("value.impossible", zh="有的值无法存储", en=f"a value cannot be stored: {_first_line(error)}")
    if isinstance(error, IntegrityError):
        return Conflict(
            "state.conflict", zh="与现有数据冲突，请刷新后重试", en=f"conflicts with stored data: {_first_line(error)}"
        )
    if isinstance(error, (OperationalError, InterfaceError)) and _connection_lost(error):
        return Unavailable(
            "database.unavailable", zh="数据库暂时不可用，请稍后重试", en="the database is not available"
        )
    if isinstance(error, OperationalError):
        return Conflict("state.contended", zh="多人同时操作，请重试", en="others act on the same rows; try again")
    return None


def _connection_lost(error: DBAPIError) -> bool:
    code = getattr(error.orig, "pgcode", None)
    return error.connection_invalidated or code is None or code.startswith(("08", "57", "53"))


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0][:200]
