"""The peer that everybody would write first: Decimal in plain Python, a subject after the other. The person layer only."""

from decimal import ROUND_HALF_UP, Decimal

from benchmarks.peers.bureaus import Bureau
from services.scoring.kernel import rules
from services.scoring.kernel.columns import Block, Column

CENT, FINE = Decimal("0.01"), Decimal("0.0001")
SAMPLE = 1_000  # persons; more are extrapolated


def sample(bureau: Bureau) -> list[tuple[Block, int]]:
    """Some persons of every kind."""
    blocks = [block for block in bureau.blocks if block.layer == "person"]
    return [(block, row) for block in blocks for row in range(min(len(block), SAMPLE // len(blocks)))]


def scores(chosen: list[tuple[Block, int]]) -> list[Decimal | None]:
    return [_layer_score(block, row) for block, row in chosen]


def _layer_score(block: Block, row: int) -> Decimal | None:
    points: dict[str, Decimal] = {}
    full: dict[str, Decimal] = {}
    for column in block.columns:
        given = _points(column, row)
        if given is not None:
            category = block.groups[column.group][0]
            points[category] = points.get(category, Decimal(0)) + given
            full[category] = full.get(category, Decimal(0)) + Decimal(column.full) / block.full_unit
    weights = block.weights[block.line]
    total = sum(weights[name] for name in full)
    value = sum(weights[name] * _category(name, points[name], full[name]) for name in full)
    return (value / total).quantize(CENT, ROUND_HALF_UP) if total else None


def _category(name: str, points: Decimal, full: Decimal) -> Decimal:
    if name == "contribution":
        return min(Decimal(100), points)
    return (100 * points / full).quantize(FINE, ROUND_HALF_UP)


def _points(column: Column, row: int) -> Decimal | None:
    """Multiplied first and divided once: a quotient cut off before the rounding would lose exact halves."""
    a, b = Decimal(int(column.a[row])), Decimal(int(column.b[row])) if len(column.b) else Decimal(0)
    declared, due = 1, 1
    if column.declared is not None:
        declared, due = int(column.declared[row]), int(column.due)  # type: ignore[arg-type]  # one number here
    if declared < 0:
        return None
    n, d = _whole_year(column.rule, a, b, column.params)
    return (n * declared / (d * due * 100)).quantize(CENT, ROUND_HALF_UP)


def _whole_year(rule: int, a: Decimal, b: Decimal, p: tuple[int, ...]) -> tuple[Decimal, Decimal]:
    one = Decimal(1)
    if rule == rules.RATIO:
        return (p[0] * min(p[2] * b, p[3] * a), p[1] * p[3] * b) if b else (Decimal(0), one)
    if rule == rules.DEDUCT:
        return 100 * max(Decimal(0), p[0] - a), one * p[1]
    if rule == rules.ACCUMULATE:
        return 100 * min(Decimal(p[0]), a), one * p[1]
    if rule == rules.MEAN:
        return a, b
    for points, n, d in zip(p[2::3], p[3::3], p[4::3], strict=True):
        if b and p[1] * d * a >= p[1] * n * b:
            return Decimal(points), one * p[0]
    return Decimal(0), one
