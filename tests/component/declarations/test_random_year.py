"""Random years: whatever was declared, returned, corrected and recorded, the points recorded are the points explained."""

import json
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.declarations.storage import projections
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import CYCLE, LIBRARY, attendance
from tests.support.databases import Databases

UNIT = {"PS": "S01", "HS": "S01", "Q10": "D10", "P9": "D09"}
VERIFIER = {"PS": "HS", "HS": "L1", "Q10": "H10", "P9": "H9"}
ITEMS = {
    "01-01-01": ["2026-M01", "2026-M03"],  # ratio
    "01-01-02": ["2026-Q1"],  # checklist
    "02-01-01": ["2026-M01", "2026-M02"],  # deduct, counted by the clocks
    "08-01-01": ["2026-M01"],  # tier, counted by 12315: nothing
}
RULES = {one.indicator: one for one in LIBRARY}
PROOF = {"remark": "与登记不符，见附件", "evidence": ["附件"]}


class Year:
    def __init__(self, bureau: Bureau, seed: int) -> None:
        self.bureau, self.random = bureau, Random(seed)

    def run(self) -> None:
        self._clock(1)
        for subject in UNIT:
            for code, periods in ITEMS.items():
                for period in periods:
                    if self.random.random() < 0.85:  # the rest is never declared
                        self._one(subject, code, period)
        self._clock(2)  # some months are closed anew after all that

    def _clock(self, revision: int) -> None:
        for subject in UNIT:
            for month in ("2026-01", "2026-02"):
                late = {"late": str(self.random.randint(0, 4)), "early": str(self.random.randint(0, 2))}
                state = attendance(subject, month, {"late_early": late}, revision)
                self.bureau.handle(projections.keep_figures, state, source="attendance")

    def _one(self, subject: str, code: str, period: str) -> None:
        desk = code == "02-01-01" and UNIT[subject] != "D10"
        verifier = "R1" if desk else VERIFIER[subject]
        own_section = UNIT[subject] == RULES[code].assessor
        assessor = "K1" if own_section else {"D10": "P10", "D09": "P9"}[RULES[code].assessor]
        name = self._declare(subject, code, period)
        while True:
            if self._returned(verifier, name, 0.15):
                self._declare(subject, code, period)
                continue
            self.bureau.decide("verify", verifier, [name])
            if self._returned(assessor, name, 0.15):
                self._declare(subject, code, period)
                continue
            self._assess(assessor, name, code)
            if self._returned(assessor, name, 0.1):
                self._declare(subject, code, period)
                continue
            if self.random.random() < 0.8:
                self.bureau.decide("record", self.random.choice([assessor, "office"]), [name])
            return

    def _declare(self, subject: str, code: str, period: str) -> str:
        entry: dict[str, Any] = {"indicator": code, **PROOF}
        if code in ("01-01-01", "01-01-02") or self.random.random() < 0.3:
            entry["counts"] = self._counts(code)
        (done,) = self.bureau.declare(subject, entry, period=period)
        return str(done["declaration"])

    def _counts(self, code: str) -> dict[str, str]:
        number = self.random.randint
        return {
            "01-01-01": lambda: {"done": str(number(0, 15))},
            "01-01-02": lambda: {"done": str(number(0, 4))},
            "02-01-01": lambda: {"late": str(number(0, 9)), "early": str(number(0, 9))},
            "08-01-01": lambda: {"numerator": str(number(85, 100)), "denominator": "100"},
        }[code]()

    def _returned(self, by: str, name: str, share: float) -> bool:
        if self.random.random() >= share:
            return False
        self.bureau.decide("return", by, [name], reason="请补充")
        return True

    def _assess(self, by: str, name: str, code: str) -> None:
        entry: dict[str, Any] = {"declaration": name}
        if self.random.random() < 0.2:
            entry |= {"counts": self._counts(code), "reason": "按查实数更正"}
        self.bureau.ask("assess_declarations", by, {"cycle": CYCLE, "declarations": [entry]})


def worth(code: str, counts: dict[str, Any], target: Any) -> Decimal:
    """By data/README.md §2, in fractions, rounded half up once."""
    rule, full, params = RULES[code].rule, Fraction(RULES[code].full_points), RULES[code].rule_params
    number = {key: Fraction(value) for key, value in counts.items()}
    if rule == "ratio":
        points = full * min(Fraction(params["cap"]), number["done"] / Fraction(target)) if target else Fraction(0)
    elif rule == "checklist":
        points = full * number["done"] / len(params["items"])
    elif rule == "deduct":
        points = max(Fraction(0), full - sum(number[key] * Fraction(params["per"][key]) for key in number))
    else:
        share = number["numerator"] / number["denominator"]
        points = full * next((Fraction(part) for bound, part in params["steps"] if share >= Fraction(bound)), 0)
    return Decimal(int(points * 100 + Fraction(1, 2))) / 100


@given(st.integers(0, 2**32))
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_points_recorded_are_points_explained(database: Databases, seed: int) -> None:
    with Bureau.on(database("declarations")) as bureau:
        settle_in(bureau)
        Year(bureau, seed).run()
        rows = bureau.rows("SELECT * FROM declarations.declaration WHERE status IN ('assessed', 'recorded')")
        assert rows
        told = last_told(bureau)
        for row in rows:
            shown = bureau.ask("get_declaration", "K1", {"cycle": CYCLE, "declaration": row["declaration"]})
            expected = Decimal(0) if row["not_applicable"] else worth(row["indicator"], row["counts"], row["target"])
            assert row["points"] == expected, row
            if not row["not_applicable"]:
                assert shown["explanation"].endswith((f"= {expected:.2f}", f"得 {expected:.2f}"))
            event = told[row["declaration"]]
            assert {name: event[name] for name in ("status", "revision", "counts")} == {
                name: row[name] for name in ("status", "revision", "counts")
            }
            assert Decimal(event["points"]) == expected
            declared = [one["state"] for one in shown["history"] if one["state"]["status"] in ("declared", "verified")]
            assert all(Decimal(one["self_points"]) <= Decimal(one["points"]) for one in declared)


def last_told(bureau: Bureau) -> dict[str, dict[str, Any]]:
    """The last state of each declaration that left."""
    bodies = [json.loads(row["body"]) for row in bureau.rows("SELECT body FROM declarations.outbox ORDER BY id")]
    return {state["declaration"]: state for body in bodies for state in body if "declaration" in state}
