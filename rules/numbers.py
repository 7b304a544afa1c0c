"""Exact numbers: reading them, rounding them once, and writing them for people. No float anywhere."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

HALF_UP = "half_up"  # 四舍五入, the default of data/README.md §2
HALF_EVEN = "half_even"  # GB/T 8170, where a cycle's model asks for it
ROUNDINGS = (HALF_UP, HALF_EVEN)
_DIGITS = 30  # "1e999999999" is no quantity, and as a fraction it would fill the memory


def is_number(value: Any) -> bool:
    """Tell whether ``value`` is an exact number of sensible size: a Decimal, an
    int or the decimal text that JSON carries."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        return False
    try:
        number = Decimal(value)
    except ArithmeticError:
        return False
    return number.is_finite() and abs(number.adjusted()) < _DIGITS and len(number.as_tuple().digits) < _DIGITS


@lru_cache(maxsize=4096)
def exact(value: Decimal | int | str) -> Fraction:
    """Return the number as a fraction; remembered, because the same parameters
    and small counts come again and again."""
    return Fraction(Decimal(value))


def rounded(value: Fraction, digits: int = 2, rounding: str = HALF_UP) -> Decimal:
    """Return ``value`` with ``digits`` decimals; ``ValueError`` for a rounding that is not one of ``ROUNDINGS``."""
    if rounding not in ROUNDINGS:
        raise ValueError(f"unknown rounding {rounding!r}")
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    whole += twice > 0 or (twice == 0 and (rounding == HALF_UP or whole % 2 == 1))
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def as_percent(share: Decimal | int | str) -> str:
    """Say a share in percent: ``"0.8"`` → ``80%``."""
    return f"{(Decimal(share) * 100).normalize():f}%"


def plain(number: Decimal) -> str:
    """Return a number with all its digits, without trailing zeros and exponent."""
    return f"{number.normalize():f}"


def text(value: Fraction, digits: int = 4) -> str:
    """Return a number as people write it: without trailing zeros, and cut to ``digits`` decimals where it has more."""
    return f"{rounded(value, digits):f}".rstrip("0").rstrip(".") if digits else f"{rounded(value, 0):f}"
