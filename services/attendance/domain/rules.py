"""What a bureau may set otherwise: whole numbers, each from a day on. Before that, and where nobody set one, these hold."""

from shared.vocabulary.dated import DatedRule, DatedRules

Rules = DatedRules
_DEFAULTS = {
    "explain_within": 3,  # working days after a missed point in which it may be explained (data/README.md, 02-01-03)
    "explanations_a_month": 3,  # of one person
    "remind_from_hour": 20,  # of the day, from which missed points are told of; 24: never
    "head_alone_days": 3,  # working days of leave that a head grants alone; longer leave needs HR
    "hr_alone_days": 0,  # working days of leave that HR grants; longer leave needs a leader; 0: HR grants any
    "leave_day_minutes": 480,  # so many minutes of leave by the hour are a day
    "lates_per_half_day": 0,  # so many times late or early count as half a day absent; 0: they count as such
    "rest_day_half": 210,  # minutes at work on a rest day that give half a day's compensation
    "rest_day_whole": 420,  # minutes that give a whole one
    # More days of absence than these, running and in a year, bar 称职; more than those are dismissal.
    "bars_running": 3,
    "bars_year": 7,
    "dismissal_running": 15,
    "dismissal_year": 30,
    # The most days of a leave kind in a year; 0: no limit.
    "days_annual": 15,
    "days_marriage": 30,
    "days_maternity": 190,
    "days_paternity": 30,
    "days_parental": 20,
    "days_care": 20,
    "days_bereavement": 10,
    "days_family_visit": 45,
    "days_compensatory": 30,
    "days_injury": 0,
    "days_sick": 0,
    "days_personal": 0,
    "days_outing": 0,
}
_LEAST = {"leave_day_minutes": 60}
KNOWN = {rule: DatedRule(default, _LEAST.get(rule, 0)) for rule, default in _DEFAULTS.items()}
