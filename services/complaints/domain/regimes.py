"""What the law says, as data: deadlines and grounds of each regime with their articles. A new regime is a new entry here.

Sources: 《市场监督管理投诉举报处理办法》 总局令第121号 (in force 2026-04-15) and 《市场监督管理投诉举报处理暂行办法》 总局令第20号 (to
2026-04-14); the time to verify a report and to end a filed case are those of 《市场监督管理行政处罚程序规定》 art. 18 and 64; the time to tell a reporter the
result is the bureau's own promise (data/README.md, 直接取数的指标). Order 20 art. 31 has a reporter who gave a name told of the filing
within five working days; order 121 has no such rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

WORKING, CALENDAR = "working", "calendar"
ACCEPT, MEDIATE, TELL_TERMINATION = "accept", "mediate", "tell_termination"
VERIFY, TELL_RESULT, TELL_FILING, FILED_CASE = "verify", "tell_result", "tell_filing", "filed"
LEAD, DISPUTE, ODR = "lead", "dispute", "odr"
MOST_REWARD = Decimal(1_000_000)  # yuan a case: 《市场监管领域重大违法行为举报奖励暂行办法》


@dataclass(frozen=True)
class Term:
    days: int
    unit: str  # working days, or calendar days that roll past a holiday block
    article: str
    extension: int = 0  # further days that may be approved


@dataclass(frozen=True)
class Ground:
    article: str
    zh: str


@dataclass(frozen=True)
class Readings:
    """Where the law is open, how this regime is read; the other reading is shown beside each deadline."""

    weekend_moves: bool = False  # a calendar period that ends on an ordinary weekend ends on the day after it
    statutory_only: bool = False  # only a statutory day moves its end, not the days off around it
    pause_both_ends: bool = False  # the first day of an appraisal is not counted either
    transfer_restarts: bool = True  # the clock runs from the competent bureau's receipt, not from the first one's
    by_receipt: bool = True  # a case keeps the regime under which it was received, whatever came into force since
    supplement_pauses: bool = False  # the time for handing in what was missing is not counted
    recusal_pauses: bool = False  # the time in which a recusal is decided is not counted


@dataclass(frozen=True)
class Regime:
    """``beside``: terms of other law that run at the same time and are shown. ``time_up``: the ground of a mediation's end.

    ``three_years``: the refusal ground that needs the day of knowledge. ``impersonation``: the one that rests on an identity check.
    ``absence``: the ground that a party stays away or refuses.
    """

    code: str
    starts: date
    terms: Mapping[str, Term]
    refusal: Mapping[str, Ground]
    termination: Mapping[str, Ground]
    beside: Mapping[str, Term] = field(default_factory=dict)
    beside_since: date = date.min  # when the other law came into force
    readings: Readings = Readings()
    time_up: str = "5"
    three_years: str = "4"
    jurisdiction: str = ""  # the article by which a bureau is competent for a complaint
    absence: str = "2"
    impersonation: str | None = None


_VERIFY = Term(15, WORKING, "行政处罚程序规定第18条", extension=15)
_TELL_RESULT = Term(5, WORKING, "本局承诺时限")
_FILED = Term(90, CALENDAR, "行政处罚程序规定第64条", extension=30)
# Seven working days to agree, then the common superior: the statute names the superior (art. 25), the procedure the days.
_DISPUTE = Term(7, WORKING, "行政处罚法第25条、行政处罚程序规定管辖争议条款")
# No article of an order: what ODR traders undertake on the national platform.
_ODR = Term(10, WORKING, "全国12315平台ODR企业承诺时限")


def _grounds(article: str, *texts: str) -> dict[str, Ground]:
    return {str(number): Ground(f"{article}第{number}项", text) for number, text in enumerate(texts, start=1)}


ORDER_20 = Regime(
    code="令20",
    jurisdiction="第12条",
    absence="3",
    starts=date(2020, 1, 1),
    terms={
        ACCEPT: Term(7, WORKING, "第14条"),
        MEDIATE: Term(45, WORKING, "第21条第5项"),
        TELL_TERMINATION: Term(7, WORKING, "第21条"),
        VERIFY: _VERIFY,
        TELL_RESULT: _TELL_RESULT,
        TELL_FILING: Term(5, WORKING, "第31条"),
        FILED_CASE: _FILED,
        LEAD: _VERIFY,
        DISPUTE: _DISPUTE,
        ODR: _ODR,
    },
    beside={MEDIATE: Term(60, CALENDAR, "消保法实施条例第46条")},
    beside_since=date(2024, 7, 1),
    refusal=_grounds(
        "第15条",
        "不属于市场监督管理部门职责或本机关无处理权限",
        "法院、仲裁机构、行政机关或消费者协会等已受理或处理过同一争议",
        "不是为生活消费需要，或不能证明存在消费者权益争议",
        "知道或应当知道权益受侵害之日起超过三年",
        "未提供规定的材料",
        "法律、法规、规章规定不予受理的其他情形",
    ),
    termination=_grounds(
        "第21条",
        "投诉人撤回投诉或双方自行和解",
        "对鉴定机构或费用承担无法协商一致",
        "一方无正当理由不参加调解或被投诉人明确拒绝调解",
        "一方明确表示无法达成调解协议",
        "自受理之日起四十五个工作日内未达成调解协议",
        "受理后发现存在不予受理情形",
        "法律、法规、规章规定的其他情形",
    ),
)

ORDER_121 = Regime(
    code="令121",
    jurisdiction="第13条",
    impersonation="6",
    starts=date(2026, 4, 15),
    terms={
        ACCEPT: Term(7, WORKING, "第15条"),
        MEDIATE: Term(60, CALENDAR, "第23条第5项"),
        TELL_TERMINATION: Term(7, WORKING, "第23条"),
        VERIFY: _VERIFY,
        TELL_RESULT: _TELL_RESULT,
        FILED_CASE: _FILED,
        LEAD: Term(15, WORKING, "第27条", extension=15),
        DISPUTE: _DISPUTE,
        ODR: _ODR,
    },
    refusal=_grounds(
        "第16条",
        "不属于本部门职责或无处理权限",
        "法院、仲裁机构、行政机关或消费者协会已受理或处理过同一争议",
        "不是为生活消费需要，或不能证明存在消费者权益争议",
        "知道或应当知道权益受侵害之日起超过三年",
        "缺少规定的材料或材料虚假",
        "冒用他人身份或拒绝身份核验",
        "法律、法规、规章规定的其他情形",
    ),
    termination=_grounds(
        "第23条",
        "投诉人撤回投诉或双方自行和解",
        "一方无正当理由不参加调解或拒绝调解",
        "一方明确表示无法达成调解协议",
        "对鉴定费用承担无法协商一致",
        "自受理之日起六十日内未达成调解协议",
        "发现存在第16条或第42条情形",
        "一方死亡或终止",
        "法律、法规、规章规定的其他情形",
    ),
)

REGIMES = (ORDER_20, ORDER_121)


def regime_on(day: date) -> Regime:
    """Return the regime in force on ``day``: each clock follows the one under which it started."""
    in_force = [regime for regime in REGIMES if regime.starts <= day]
    return in_force[-1] if in_force else REGIMES[0]
