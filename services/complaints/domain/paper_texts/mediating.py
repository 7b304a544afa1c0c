"""调解通知书, 调解书, the association's own 调解记录, and 更正通知书, by which a mistake in any paper is mended."""

from services.complaints.domain.cases import AGREEMENT, SETTLED, day_of
from services.complaints.domain.paper_texts.sources import (
    Part,
    Sources,
    article_text,
    day_text,
    heading,
    moment_text,
    money_text,
    rows,
    text,
)
from shared.vocabulary.case_procedure import ATTENDANCES, MODES
from shared.vocabulary.complaints import OUTCOMES, PARTIES

_AGREED = {"令121": "第24条"}
_NOTICE = {"令121": "第18条至第22条"}


def mediation_notice(one: Sources) -> tuple[str, list[Part]]:
    case = one.case
    meeting = case.appointments[-1]
    to = one.consumer if one.party == "consumer" else case.trader
    where = f"，地点（方式）：{meeting.place}" if meeting.place else ""
    return f"{to}：", [
        text(
            f"{one.consumer}与{case.trader}的消费者权益争议（登记编号：{case.number}），我局已于"
            f"{day_text(case.decided_at and day_of(case.decided_at))}受理。争议事由：{case.summary.rstrip('。')}。"
        ),
        text(
            f"根据{one.rule}{_cited(_NOTICE, one)}，定于{moment_text(meeting.appointed_for)}"
            f"采取{MODES[meeting.mode]}方式进行调解{where}。调解人员：{one.mediator or '由我局指定'}。"
        ),
        text(
            "请准时参加，并携带身份证明（委托他人参加的，应当提交授权委托书）和有关证据。你认为调解人员与本争议有利害关系、"
            "可能影响公正调解的，有权申请回避；不能参加的，请提前说明理由。无正当理由不参加或者拒绝调解的，我局将依法终止调解。"
        ),
        *([text(one.said["text"])] if one.said.get("text") else []),
        *([text(one.contact)] if one.contact else []),
    ]


def mediation_statement(one: Sources) -> list[Part]:
    case = one.case
    return [
        *_parties(one),
        heading("争议的主要事实和请求"),
        text(f"{case.summary.rstrip('。')}。" + (f"投诉人请求：{case.request.rstrip('。')}。" if case.request else "")),
        heading("协议内容"),
        text(
            f"经我局主持调解，双方当事人在平等自愿的基础上于{day_text(case.concluded_at and day_of(case.concluded_at))}达成如下协议："
        ),
        *(text(line) for line in one.said["text"].splitlines() if line.strip()),
        *([text(f"本协议于{day_text(case.perform_by)}前履行完毕。")] if case.perform_by else []),
        text(
            f"本调解书根据{one.rule}{_cited(_AGREED, one)}制作，经双方当事人签名（盖章）后生效，双方应当自觉履行。"
            "一方不履行的，另一方可以依法申请仲裁或者向人民法院提起诉讼；双方可以依法共同向人民法院申请司法确认。"
            "本调解书一式三份，双方当事人各执一份，一份由我局存档。"
        ),
    ]


def mediation_record(one: Sources) -> list[Part]:
    """Say what the association did in its own name (消保法第37条): no order, no article of the bureau's regulation."""
    case = one.case
    met = [
        (
            f"第{number}次调解",
            f"{moment_text(each.appointed_for)}，{MODES[each.mode]}{'，' + each.place if each.place else ''}；"
            + (
                "、".join(f"{PARTIES[came.party]}{ATTENDANCES[came.attendance]}" for came in each.attendances)
                or "到场情况未记录"
            ),
        )
        for number, each in enumerate(case.appointments, start=1)
    ]
    ended = OUTCOMES[case.outcome] if case.outcome else "调解进行中"
    won = money_text(case.recovered) if case.outcome in (AGREEMENT, SETTLED) and case.recovered else "—"
    return [
        rows(
            ("登记编号", case.number, "受理日期", day_text(case.decided_at and day_of(case.decided_at))),
            ("调解人员", one.mediator or "—", "承办人", one.handler or "—"),
            ("投诉人", one.consumer, "联系电话", str(one.people.get("phone") or "—")),
            ("被投诉人", case.trader or "—"),
            ("争议事由", case.summary),
            ("投诉请求", case.request or "—"),
            *met,
            ("经过和结果", one.said["text"]),
            ("结　　论", ended, "挽回损失", won),
        ),
        text(
            "本记录由消费者组织依据《中华人民共和国消费者权益保护法》第三十七条受理投诉、进行调解时制作，经当事人确认无误后签名。"
        ),
    ]


def correction(one: Sources) -> list[Part]:
    wrong = one.corrected or {}
    return [
        text(f"{wrong['day']}制作的《{wrong['title']}》（{wrong['number']}）有误，现更正如下："),
        *(text(line) for line in one.said["text"].splitlines() if line.strip()),
        text(f"原文书除上述更正外，其他内容不变。本通知书与{wrong['number']}一并使用，原文书保留在案卷中。"),
        *([text(one.contact)] if one.contact else []),
    ]


def _parties(one: Sources) -> list[Part]:
    people, case = one.people, one.case
    agent = people.get("agent")
    return [
        rows(
            ("投诉人", one.consumer, "联系电话", str(people.get("phone") or "—")),
            ("住　　址", str(people.get("address") or "—")),
            *([("委托代理人", str(agent["name"]))] if agent else []),
            ("被投诉人", case.trader),
            ("地　　址", case.trader_address or "—"),
            ("调解人员", one.mediator or "—", "登记编号", case.number),
        )
    ]


def _cited(articles: dict[str, str], one: Sources) -> str:
    article = articles.get(one.regime.code)
    return f"{article_text(article)}的规定" if article else "的有关规定"
