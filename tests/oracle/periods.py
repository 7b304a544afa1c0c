"""The periods of the made-up year."""

from calendar import monthrange

PERIODS = {
    "monthly": [f"2026-M{month:02}" for month in range(1, 13)],
    "quarterly": [f"2026-Q{quarter}" for quarter in range(1, 5)],
    "half_yearly": ["2026-H1", "2026-H2"],
    "yearly": ["2026-Y"],
}


def period_of(frequency: str, codes: list[str], place: int) -> dict[str, str]:
    first, last = (count * 12 // len(codes) for count in (place, place + 1))
    starts, ends = f"2026-{first + 1:02}-01", f"2026-{last:02}-{monthrange(2026, last)[1]}"
    return {"code": codes[place], "frequency": frequency, "starts": starts, "ends": ends}
