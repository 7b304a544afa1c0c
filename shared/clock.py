"""Instants are stored in UTC; dates are the bureau's (law 12)."""

from datetime import UTC, date, datetime, time

from shared.vocabulary import zones

SHANGHAI = zones.SHANGHAI


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return bureau_date(now())


def bureau_date(instant: datetime) -> date:
    """Return the calendar day in Shanghai on which ``instant`` (aware) falls."""
    return instant.astimezone(SHANGHAI).date()


def midnight_of(day: date) -> datetime:
    """Return the instant at which ``day`` begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)
