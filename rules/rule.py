"""What a rule is: everything that any room asks of it, so that none of them has to know one by its name (docs/decisions/0302, 0332).

A new rule is a class beside the seven and a line of the table in rules/scoring.py (CONTRIBUTING.md, A new rule).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from rules.counting import Counts, Params, count_faults
from rules.faults import RuleFault
from rules.params import Param
from rules.standard import Difference

OWN_RULE_TOOLS = ("contribution", "subjective")  # tools that only a rule made for them can serve


@dataclass(frozen=True)
class Quantity:
    """Something counted. ``each``: one of it, beside its points; ``words``: by which a standard tells its points."""

    name: str
    each: str = ""
    words: tuple[str, ...] = ()
    in_unit: bool = True  # measured in the item's unit; what a share is taken of is not


class Inputs(NamedTuple):
    """What points are reckoned from: checked parameters, full points, quantities, the subject's own target."""

    params: Params
    full: Fraction
    counts: Counts
    target: Decimal | None = None


class Rule(ABC):
    """One way of giving points. What a rule does not say for itself is as most rules have it."""

    code: ClassVar[str]
    title: ClassVar[str]
    formula: ClassVar[str]
    params: ClassVar[Mapping[str, Param]] = {}
    quantities: ClassVar[Mapping[str, Quantity]]  # in the order in which they are told

    # How a year is made of periods (docs/decisions/0302).
    by_period: ClassVar[bool] = False  # the mean of what each period gave, instead of the year's quantities
    declared_part: ClassVar[bool] = (
        False  # a period not declared could hide a bad one: points only for the declared part
    )

    # What it asks of a target (data/README.md §三, 4).
    shared_out: ClassVar[bool] = False  # a quantity of which subjects claim their parts; without one nothing is scored
    less_is_better: ClassVar[bool] = False  # the target is a limit, and points can be taken off on top
    strikes: ClassVar[bool] = False  # gives no points: found true, it strikes the subject from the 先进 list

    def names(self) -> dict[str, str]:
        """Return what each quantity is called."""
        return {key: one.name for key, one in self.quantities.items()}

    def words(self) -> dict[str, tuple[str, ...]]:
        """Return the words by which a standard tells the points of each quantity."""
        return {key: one.words for key, one in self.quantities.items()}

    def serves(self, tool: str) -> bool:
        """Tell whether items worked with ``tool`` may be scored by this rule."""
        return tool not in OWN_RULE_TOOLS

    def keys(self, params: Params) -> tuple[str, ...]:
        """Return the quantities that an item asks for, in the order in which its form shows them."""
        return tuple(self.quantities)

    @abstractmethod
    def exact_points(self, inputs: Inputs) -> Fraction:
        """Return the points, 0..full, before any rounding."""

    @abstractmethod
    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        """Return the arithmetic that leads to ``points``, for the person whom they judge."""

    @abstractmethod
    def in_words(self, params: Params) -> str:
        """Return what the parameters say, as the standard's second sentence puts it."""

    def kinds_told(self, params: Params, counts: Counts) -> tuple[str, ...]:
        """Return the quantities that are named before the sentence; none where it tells them itself."""
        return ()

    def at_best(self, params: Params, full: Fraction) -> Fraction:
        """Return what is given for a period in which nothing could be measured, while others are missing."""
        return full

    def faults_between(self, params: Params, full: Fraction) -> Iterable[RuleFault]:
        """Yield what is wrong between parameters that are sound one by one."""
        return ()

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]:
        """Yield what is wrong with quantities, the parameters being sound."""
        return count_faults(counts, self.keys(params))

    def not_applicable(self, counts: Counts) -> bool:
        """Tell whether nothing happened that could be measured (边界约定)."""
        return False

    def unvoted(self, counts: Counts) -> bool:
        """Tell whether votes were asked for and none was cast."""
        return False

    def measure(self, counts: Counts) -> Fraction | None:
        """Return a year's counts as one quantity, in which the next target is set; None where there is no such number."""
        return sum(map(Fraction, counts.values()), Fraction(0))

    def best_target(self, params: Params) -> Decimal | None:
        """Return the target that the parameters themselves set; None where it is free."""
        return None

    def higher_is_better(self, params: Params) -> bool:
        """Tell in which direction the measure improves."""
        return not self.less_is_better

    def grades(self, params: Params) -> Mapping[str, Any] | None:
        """Return what each grade is worth, for rules that grade."""
        return None

    def with_grades(self, params: Params, values: Mapping[str, Any]) -> Params:
        """Return the parameters with grades worth ``values``; unchanged where the rule does not grade."""
        return params

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        """Yield where the ``second`` sentence of a standard says something else than the parameters; ``percent``: it speaks of shares."""
        return ()
