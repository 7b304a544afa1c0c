"""Column types that keep numbers exact."""

from decimal import Decimal
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


class Quantities(TypeDecorator[dict[str, Decimal]]):
    """Counts as JSON with the numbers as strings: {"late": "1.5"}."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: dict[str, Decimal] | None, dialect: Any) -> dict[str, str] | None:  # noqa: ARG002  # SQLAlchemy's signature
        return None if value is None else {key: format(number, "f") for key, number in value.items()}

    def process_result_value(self, value: dict[str, str] | None, dialect: Any) -> dict[str, Decimal] | None:  # noqa: ARG002
        return None if value is None else {key: Decimal(number) for key, number in value.items()}
