"""Charts of a year's report, as PNG. Pictures are drawn with floats; the numbers beside them are the exact ones."""

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import font_manager  # the backend is chosen first
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import line_name

Tree = dict[str, Any]
BLUE, PALE, GREY = "#2f5d8a", "#a9c1d9", "#666666"
COLOURS = ("#2f5d8a", "#c47f3c", "#6f9a6a")
DPI = 200


def charts(tree: Tree) -> list[tuple[str, bytes]]:
    """Return (caption, PNG) of every chart for which the report has numbers."""
    with as_file(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf") as path:
        font_manager.fontManager.addfont(str(path))
        with mpl.rc_context({"font.family": font_manager.FontProperties(fname=str(path)).get_name(), "font.size": 9}):
            drawn = [(caption, draw(tree)) for caption, draw in _CHARTS]
    return [(caption, png) for caption, png in drawn if png is not None]


def _distribution(tree: Tree) -> bytes | None:
    bars = tree["distribution"]
    if not bars:
        return None
    figure, axes = _canvas(2.6)
    labels = [f"{one['from']}–{one['to']}" for one in bars]
    drawn = axes.bar(labels, [one["persons"] for one in bars], color=BLUE, width=0.75)
    axes.bar_label(drawn, fontsize=8, color=GREY)
    axes.set_xlabel("综合得分")
    axes.set_ylabel("人数")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))  # no half persons
    return _png(figure)


def _lines(tree: Tree) -> bytes | None:
    rows = [(line_name(one["line"]), one["mean"]) for one in tree["lines"] if one["mean"] is not None]
    return _level(rows) if len(rows) > 1 else None


def _units(tree: Tree) -> bytes | None:
    rows = [(one["name"] or one["subject"], one["final"]) for one in tree["units"] if one["final"] is not None]
    return _level(sorted(rows, key=lambda one: -float(one[1]))[:40]) if len(rows) > 1 else None


def _categories(tree: Tree) -> bytes | None:
    layers = [layer for layer in LAYERS if tree["layers"][layer]["subjects"]]
    names = [one for one in CATEGORIES if any(tree["layers"][layer]["categories"][one] for layer in layers)]
    if not layers or not names:
        return None
    figure, axes = _canvas(2.8)
    width = 0.8 / len(layers)
    for place, layer in enumerate(layers):
        values = [float(tree["layers"][layer]["categories"][name] or 0) for name in names]
        at = [number + (place - (len(layers) - 1) / 2) * width for number in range(len(names))]
        drawn = axes.bar(at, values, width * 0.92, label=LAYERS[layer], color=COLOURS[place])
        axes.bar_label(drawn, fmt="%.1f", fontsize=7, color=GREY)
    axes.set_xticks(range(len(names)), [CATEGORIES[name] for name in names])
    axes.set_ylim(0, 112)
    axes.legend(frameon=False, ncols=len(layers), loc="upper right", fontsize=8)
    axes.set_ylabel("平均得分")
    return _png(figure)


_CHARTS: Sequence[tuple[str, Callable[[Tree], bytes | None]]] = (
    ("个人综合得分分布", _distribution),
    ("各口个人平均得分", _lines),
    ("各类指标平均得分", _categories),
    ("科所综合得分", _units),
)


def _level(rows: Sequence[tuple[str, str]]) -> bytes:
    """Bars that lie, the first on top, from a little under the lowest: differences are small beside the numbers."""
    figure, axes = _canvas(0.9 + 0.22 * len(rows))
    values = [float(value) for _, value in rows]
    drawn = axes.barh(range(len(rows)), values, color=BLUE, height=0.65)
    axes.bar_label(drawn, labels=[value for _, value in rows], padding=3, fontsize=8, color=GREY)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows], fontsize=8)
    axes.invert_yaxis()
    low = max(0.0, min(values) - 10)
    axes.set_xlim(low, max(values) + (max(values) - low) * 0.12)
    if low:
        axes.set_xlabel(f"横轴自 {low:.0f} 分起")
    return _png(figure)


def _canvas(height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6.6, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _png(figure: Figure) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()
