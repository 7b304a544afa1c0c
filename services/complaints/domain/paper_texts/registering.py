"""投诉登记表, 举报登记表, 分送通知书, 限期提供身份证明材料通知书: what comes in, and what is asked before anything is decided."""

from services.complaints.domain.cases import COMPLAINT, day_of
from services.complaints.domain.paper_texts.sources import (
    Part,
    Sources,
    article_text,
    day_text,
    lines,
    moment_text,
    money_text,
    rows,
    text,
)
from shared.vocabulary.case_procedure import MATERIALS, POWERS
from shared.vocabulary.complaints import CASE_KINDS, CHANNELS

_NOBODY = "举报人身份资料不在本系统登记"
# Articles that the papers cite beside the decisions', which stand with the regime. A regime that is not named: 有关规定.
_ARTICLES = {("令121", "forwarding"): "第9条", ("令121", "identity_request"): "第10条至第12条"}


def complaint_registration(one: Sources) -> list[Part]:
    case, people = one.case, one.people
    agent = people.get("agent")
    acting = f"{agent['name']}（{POWERS[agent['powers']]}，电话 {agent['phone'] or '—'}）" if agent else "无"
    return [
        rows(
            *_intake(one),
            ("投诉人", one.people.get("consumer") or "—", "联系电话", people.get("phone") or "—"),
            ("证件号码", people.get("id_number") or "—", "代理人", acting),
            ("通信地址", people.get("address") or "—"),
            ("共同投诉", _together(one)),
            *_trader(one, "被投诉人"),
            ("商品或者服务", case.goods or "—", "争议金额", money_text(case.amount)),
            ("投诉事由", case.summary),
            ("投诉请求", case.request or "—"),
            *_desk(one),
        ),
        *_blank(),
    ]


def report_registration(one: Sources) -> list[Part]:
    case = one.case
    return [
        rows(
            *_intake(one),
            ("举报人", f"{'实名' if case.real_name else '匿名'}（{_NOBODY}）"),
            *_trader(one, "被举报人"),
            ("商品或者服务", case.goods or "—", "涉及金额", money_text(case.amount)),
            ("违法线索", case.summary),
            *_desk(one),
        ),
        *_blank(),
    ]


def forwarding(one: Sources) -> tuple[str, list[Part]]:
    """Return to whom it goes, and what it says."""
    case, elsewhere = one.case, one.case.competence.transfer is not None
    to = case.competence.other_bureau if elsewhere else one.unit
    reason = (
        "经审查，该件不属于我局管辖，依法移送你局处理，请依法办理并将签收情况反馈我局。"
        if elsewhere
        else "现将该件分送你单位，请按规定的程序和期限办理，并将办理结果及时录入系统。"
    )
    both = "同一提交同时包含投诉和举报的，已分别登记、分别按照投诉、举报程序处理。" if case.linked_to else ""
    return to, [
        text(
            f"我局于{moment_text(case.received_at)}收到{CASE_KINDS[case.kind]}一件（登记编号：{case.number}）。{both}"
            f"根据{one.rule}{_article(one, 'forwarding')}，{reason}"
        ),
        rows(
            ("件　　别", CASE_KINDS[case.kind], "登记编号", case.number),
            *_trader(one, "被投诉人" if case.kind == COMPLAINT else "被举报人"),
            ("主要内容", case.summary),
            ("附　　件", one.said.get("text") or "随件材料见系统"),
        ),
        *([text(one.contact)] if one.contact else []),
    ]


def identity_request(one: Sources) -> tuple[str, list[Part]]:
    asked = one.case.supplements[-1]
    wanted = "、".join(MATERIALS[name] for name in asked.materials)
    return f"{one.consumer}：", [
        text(
            f"我局于{day_text(day_of(one.case.received_at))}收到你对{one.case.trader}的投诉（登记编号：{one.case.number}）。"
            f"经审查，你提交的材料中缺少：{wanted}。"
        ),
        text(
            f"根据{one.rule}{_article(one, 'identity_request')}，请你于{day_text(asked.supply_by)}前向我局提供上述材料。"
            "逾期未提供、提供的材料不真实或者拒绝核验的，我局将依法不予受理。"
        ),
        *([text(one.said["text"])] if one.said.get("text") else []),
        *([text(one.contact)] if one.contact else []),
    ]


def _article(one: Sources, kind: str) -> str:
    article = _ARTICLES.get((one.regime.code, kind))
    return f"{article_text(article)}的规定" if article else "的有关规定"


def _intake(one: Sources) -> list[tuple[str, ...]]:
    case = one.case
    return [
        ("登记编号", case.number, "登记时间", moment_text(case.registered_at)),
        ("收到时间", moment_text(case.received_at), "来源渠道", CHANNELS.get(case.channel or "", "—")),
    ]


def _trader(one: Sources, title: str) -> list[tuple[str, ...]]:
    return [(title, one.case.trader or "—"), ("地　　址", one.case.trader_address or "—")]


def _desk(one: Sources) -> list[tuple[str, ...]]:
    return [
        ("登记单位", one.intake_unit, "承办单位", one.unit or "尚未分派"),
        ("承办人", one.handler or "—", "备　　注", one.said.get("text") or ""),
    ]


def _together(one: Sources) -> str:
    joint = one.people.get("together") or ()
    if not joint:
        return "无"
    chosen = "、".join(each["name"] for each in joint if each["representative"])
    return f"共{len(joint)}人，代表人：{chosen or '尚未推选'}"


def _blank() -> list[Part]:
    return [lines("拟办意见", 2), lines("负责人批示", 2)]
