"""The rows of a sheet that comes back, read one by one: a fault names the sheet's row."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from shared.contracts.declarations.forms import ContributionRow, OrderRow, ReviewRow, SheetRow
from shared.database import Row
from shared.errors import Invalid

_ROWS: dict[str, type[SheetRow]] = {
    "review": ReviewRow,
    "accountability": OrderRow,
    "temporary": OrderRow,
    "contribution": ContributionRow,
}


def read_rows(form: str, rows: Sequence[Mapping[Any, Any]]) -> list[Any]:
    """Return the rows as their schema reads them; raises ``Invalid`` with the row of each fault."""
    read, errors = list[Any](), list[Row]()
    for row in rows:
        try:
            read.append(_schema(form).load(row))
        except ValidationError as error:
            errors += [{**one, "row": row.get("row", 0)} for one in Invalid.from_marshmallow(error).errors]
    if errors:
        raise Invalid("request.invalid", zh="表中有误", en="the sheet does not fit", errors=errors)
    return read


@cache
def _schema(form: str) -> Schema:
    return _ROWS[form]()
