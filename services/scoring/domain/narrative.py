"""An explanation in sentences, for the person it is about: the same tree, with a ``sentence`` at every node."""

from collections.abc import Mapping
from typing import Any

from rules import counted, in_words
from services.scoring.domain.ballots import ballots_in_words
from services.scoring.domain.dossier import JUDGED
from shared.vocabulary.library import CATEGORIES, RULES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.periods import period
from shared.vocabulary.scoring import FACT_KINDS, FACT_STEPS, TOLD_COMPONENTS, line_name

Tree = dict[str, Any]
Names = Mapping[str, str]  # code of a person or unit -> name

SHARED_COMPONENTS = (
    "“所在科所”一项按全年在各科所的天数加权：全年在同一科所的人，这一项相同，年内调动过的人按天数分摊；“分局”一项全局人人相同。"
    "两项都不影响全年同在一个科所的人之间的名次。"
)


NOTED = "不适用（机器取数没有可计的事项，自动记录，不需申报）"
_NOT_COUNTED = {
    "waiting": "尚待核评",
    "not_allotted": "没有分解到本对象",
    "not_applicable": "不适用",
}


def narrated(tree: Tree, names: Names) -> Tree:
    """Return ``tree`` (domain/explanation.py) with its sentences, and with ``notes`` on how to read it."""
    notes = [SHARED_COMPONENTS] if tree["layer"] == "person" else []
    tree = {**tree, "vetoes": [{**one, "sentence": _veto(one)} for one in tree["vetoes"]]}
    lines = [_line(line, names) for line in tree["lines"]]
    return {**tree, "sentence": _subject(tree, names), "notes": notes, "lines": lines}


def people_in(tree: Tree) -> set[str]:
    """Return codes of everybody whose name the sentences need."""
    facts = [
        fact for line in tree["lines"] for one in line["categories"] for item in one["items"] for fact in item["facts"]
    ]
    return {code for fact in facts for code in fact["people"].values() if code} | {tree["subject"], tree["unit"]}


def _subject(tree: Tree, names: Names) -> str:
    who = _named(tree["subject"], names)
    if tree["final"] is None:
        return f"{who} {tree['cycle']} 年度没有适用的指标，不计分、不排名。"
    rank = f"，在{LAYERS[tree['layer']]}中排第 {tree['rank']} 名" if tree["rank"] else ""
    made_of = _made_of(tree["weights"], tree["components"])
    return f"{who} {tree['cycle']} 年度综合得分 {tree['final']} 分{rank}：{made_of}，即 {tree['formula']}。{_standing(tree)}"


def _standing(tree: Tree) -> str:
    vetoes = "；".join(one["sentence"] for one in tree["vetoes"])
    if tree["struck"]:
        return f"名次在先进名额之内，因否决项（{vetoes}）从推荐名单中剔除。"
    if vetoes:
        return f"有查实的否决项（{vetoes}），不进入先进推荐名单，其他得分不变。"
    if tree["tied"]:
        return "与名额边缘的其他对象同分，由绩效考核小组确定。"
    return "名次在先进名额之内，列入推荐名单。" if tree["nominated"] else ""


def _veto(veto: Tree) -> str:
    """``01-03-05 瞒报虚报绩效数据：核查发现虚报 3 件（已查实）``."""
    head = " ".join(filter(None, (veto["indicator"], veto.get("name"))))
    return f"{head}：{veto['reason']}（已查实）"


def _line(line: Tree, names: Names) -> Tree:
    scores = {one["category"]: one["score"] for one in line["categories"]}
    weights = {one["category"]: one["weight"] for one in line["categories"]}
    made_of = _made_of(weights, scores)
    name = line_name(line["line"])
    text = f"{name}得 {line['score']} 分：{made_of}，即 {line['formula']}。" if line["score"] else f"{name}没有得分。"
    return {**line, "sentence": text, "categories": [_category(one, names) for one in line["categories"]]}


def _category(category: Tree, names: Names) -> Tree:
    name = CATEGORIES[category["category"]]
    applicable = sum(item["applicable"] for item in category["items"])
    if category["score"] is None:
        text = f"{name}没有适用的指标，其权重由其他类别分担。"
    else:
        text = f"{name}得 {category['score']} 分，{applicable} 项指标适用，共得 {category['points']} 分：{category['formula']}。"
    return {**category, "sentence": text, "items": [_item(item, names) for item in category["items"]]}


def _item(item: Tree, names: Names) -> Tree:
    facts = [_fact(fact, names) for fact in item["facts"]]
    return {
        **item,
        "rule_text": in_words(item["rule"], item["params"]),
        "sentence": _item_text(item),
        "facts": facts,
    }


def _item_text(item: Tree) -> str:
    head = f"{item['indicator']} {item['name']}（满分 {item['full_points']}，{RULES[item['rule']]}）"
    left = _left_out(item)
    if not item["applicable"]:
        return f"{head}{_NOT_COUNTED[item['cause']]}，满分不计入。{left}"
    due, declared = item["periods"]["due"], item["periods"]["declared"]
    if due and not declared:
        others = "其余" if left else ""
        return f"{head}{others}应申报 {due} 期，一期也没有申报，得 {item['points']} 分（不申报不得分）。{left}"
    return f"{head}得 {item['points']} 分：{item['formula']}。{left}"


def _left_out(item: Tree) -> str:
    """What was handed in and is on somebody's desk: it costs nothing, and it is not called undeclared."""
    waiting = [period(one["period"]) for one in item["causes"] if one["cause"] == "waiting"]
    return f"{'、'.join(waiting)}已经申报或下达，待核评，暂不计入，不影响得分。" if waiting else ""


def _fact(fact: Tree, names: Names) -> Tree:
    """``sentence``, and ``did`` of it: who stands behind the fact, often the same people for a whole year."""
    steps = ((text, fact["people"].get(step)) for step, text in FACT_STEPS.items())
    did = "，".join(f"{_named(code, names)}{text}" for text, code in steps if code)
    said = f"{period(fact['period'])}{FACT_KINDS[fact['kind']]}：{_what(fact)}"
    return {**fact, "did": did, "sentence": f"{said}（{did}）" if did else said}


def _what(fact: Tree) -> str:
    if fact["not_applicable"]:
        return "不适用" if fact["people"].get("declared_by") else NOTED
    if fact["kind"] == "evaluation" and not fact.get("counts"):
        return "已测评，不显示票数明细"  # none or a few (domain/ballots.py)
    told = "；".join(filter(None, (counted(fact["counts"]), ballots_in_words(fact.get("ballots")))))
    if fact["status"] not in JUDGED[fact["kind"]]:
        return f"{told}（待核评，暂不计入）" if told else "尚未评定"
    return told or "尚未评定"


def _made_of(weights: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    return " + ".join(
        f"{TOLD_COMPONENTS.get(name) or line_name(name)} {values[name]} × {weight}"
        for name, weight in weights.items()
        if values.get(name) is not None and weight is not None
    )


def _named(code: str, names: Names) -> str:
    return f"{names[code]}（{code}）" if code in names else code
