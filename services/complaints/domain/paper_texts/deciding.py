"""受理, 不予受理, 终止调解, 举报处理结果: decisions, each with the facts, the article it rests on and the ways that stay open."""

from services.complaints.domain.cases import FILED, day_of
from services.complaints.domain.paper_texts.sources import Part, Sources, article_text, day_text, text
from services.complaints.domain.regimes import ACCEPT
from services.complaints.domain.routes import routes
from shared.vocabulary.case_procedure import ROUTES

# 行政复议法第20条; 行政诉讼法第46条
_REVIEW = "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。"


def acceptance(one: Sources) -> tuple[str, list[Part]]:
    case = one.case
    return f"{one.consumer}：", [
        text(_received(one)),
        text(
            f"经审查，该投诉符合受理条件。根据{one.rule}{article_text(one.regime.terms[ACCEPT].article)}的规定，"
            f"我局决定自{day_text(case.decided_at and day_of(case.decided_at))}起予以受理。"
        ),
        text(
            "我局将在双方自愿的基础上组织调解，请保持联系方式畅通并按要求提供有关证据。调解期间你可以与被投诉人自行和解，"
            "也可以撤回投诉；不影响你依法申请仲裁或者向人民法院提起诉讼。"
        ),
        *_more(one),
    ]


def refusal(one: Sources) -> tuple[str, list[Part]]:
    case = one.case
    ground = one.regime.refusal[case.refusal_ground or ""]
    return f"{one.consumer}：", [
        text(_received(one)),
        text(f"经审查，该投诉属于下列情形：{ground.zh}。{one.said.get('text') or ''}"),
        text(f"根据{one.rule}{article_text(ground.article)}的规定，我局决定不予受理。"),
        text(f"你可以通过下列途径解决争议：{_ways(one)}。"),
        text(_REVIEW),
        *_contact(one),
    ]


def termination(one: Sources) -> tuple[str, list[Part]]:
    case = one.case
    ground = one.regime.termination[case.termination_ground or ""]
    return f"{_party(one)}：", [
        text(
            f"{one.consumer}与{case.trader}的消费者权益争议（登记编号：{case.number}），"
            f"我局于{day_text(case.decided_at and day_of(case.decided_at))}受理并组织调解。"
        ),
        text(f"调解中出现下列情形：{ground.zh}。{one.said.get('text') or ''}"),
        text(
            f"根据{one.rule}{article_text(ground.article)}的规定，我局决定自"
            f"{day_text(case.concluded_at and day_of(case.concluded_at))}起终止调解。"
        ),
        text(f"双方当事人可以通过下列途径解决争议：{_ways(one)}。"),
        *_contact(one),
    ]


def report_result(one: Sources) -> tuple[str, list[Part]]:
    case = one.case
    filed = case.outcome == FILED
    found = (
        "经核查，有证据初步证明存在违反市场监督管理法律、法规、规章的行为，我局决定予以立案调查"
        if filed
        else "经核查，不符合立案条件，我局决定不予立案"
    )
    return "举报人：", [
        text(
            f"你于{day_text(day_of(case.received_at))}反映{case.trader}涉嫌违法的举报（登记编号：{case.number}）收悉。"
            f"{found}（决定日期：{day_text(case.concluded_at and day_of(case.concluded_at))}）。{one.said.get('text') or ''}"
        ),
        text(f"现根据{one.rule}的有关规定，将处理结果告知你。感谢你对市场监督管理工作的支持。"),
        *_contact(one),
    ]


def _received(one: Sources) -> str:
    case = one.case
    wanted = f"，请求：{case.request.rstrip('。')}" if case.request else ""
    what = case.summary.rstrip("。")
    return (
        f"我局于{day_text(day_of(case.received_at))}收到你对{case.trader}的投诉（登记编号：{case.number}）。"
        f"你反映：{what}{wanted}。"
    )


def _ways(one: Sources) -> str:
    ways = [ROUTES[way] for way in routes(one.case)]
    return "；".join(f"（{number}）{way}" for number, way in zip("一二三四五六", ways, strict=False))


def _party(one: Sources) -> str:
    return one.consumer if one.party == "consumer" else one.case.trader


def _more(one: Sources) -> list[Part]:
    return [*([text(one.said["text"])] if one.said.get("text") else []), *_contact(one)]


def _contact(one: Sources) -> list[Part]:
    return [text(one.contact)] if one.contact else []
