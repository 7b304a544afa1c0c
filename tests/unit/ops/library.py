"""The reference library as the simulation reads it, without a running system."""

import json
from decimal import Decimal

from ops.demo.reference import rows, units
from ops.simulation.world import Indicator

_CODES = {unit.name: unit.code for unit in units()}

LIBRARY = [
    Indicator(
        code=row["code"],
        name=row["name"],
        tool=row["tool"],
        line=row["line"],
        layers=tuple(row["layers"].split("|")),
        rule=row["rule"],
        params=json.loads(row["rule_params"]),
        frequency=row["frequency"],
        assessor=_CODES[row["assessor"]],
        source=row["source"],
        measure_unit=row["measure_unit"],
        full_points=Decimal(row["full_points"]),
    )
    for row in rows("indicators")
]
