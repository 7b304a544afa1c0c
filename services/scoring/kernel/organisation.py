"""The organisation as places: how many days of the cycle a person was in which unit."""

from itertools import accumulate

import numpy as np

from services.scoring.domain.frame import Frame
from services.scoring.kernel.columns import Organisation


def organisation_of(frame: Frame) -> Organisation:
    places = {layer: [i for i, one in enumerate(frame.subjects) if one.layer == layer] for layer in LAYERS}
    units = [*places["division"], *places["station"]]
    unit_number = {frame.subjects[place].code: number for number, place in enumerate(units)}
    persons = [frame.subjects[place] for place in places["person"]]
    return Organisation(
        divisions=_ints(places["division"]),
        division_lines=tuple(frame.subjects[place].line for place in places["division"]),
        stations=_ints(places["station"]),
        persons=_ints(places["person"]),
        stay_starts=_ints([*accumulate((len(person.stays) for person in persons), initial=0)]),
        stay_units=_ints([unit_number[stay.unit] for person in persons for stay in person.stays]),
        stay_days=_ints([stay.days for person in persons for stay in person.stays]),
    )


LAYERS = ("division", "station", "person")


def _ints(values: list[int]) -> np.typing.NDArray[np.int64]:
    return np.array(values, np.int64)
