"""Instants are stored in UTC; dates are the bureau's (law 12)."""

from datetime import UTC, date, datetime

from shared.vocabulary import zones

SHANGHAI = zones.SHANGHAI


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return bureau_date(now())


def bureau_date(instant: datetime) -> date:
    """Return the calendar day in Shanghai on which ``instant`` (aware) falls."""
    return instant.astimezone(SHANGHAI).date()
