"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class ReadingsOfRegime(TypedDict):
    by_receipt: bool
    pause_both_ends: bool
    recusal_pauses: bool
    statutory_only: bool
    supplement_pauses: bool
    transfer_restarts: bool
    weekend_moves: bool


class WhoseCases(TypedDict):
    by: str
    other_bureau: str
    unit: str | None
    words: str


class NewCaseSettings(TypedDict):
    answer_days: int
    calendar_days: int | None
    duty_phone: str
    frequent_days: int | None
    jurisdictions: list[WhoseCases] | None
    late_consent_days: int
    late_entry_days: int
    many_days: int | None
    objection_answer_days: int | None
    objection_days: int | None
    own_limits: dict[str, int]
    quiet_from: str
    quiet_until: str
    read_openly: bool | None
    readings: dict[str, ReadingsOfRegime]
    repeat_days: int
    revision: int
    satisfied: list[str]
    signs: dict[str, int] | None
    soon_days: int
    starts: date
    veto_indicator: str
    warn_hours: list[int]
