"""Notices leave by mail, webhook and robots: to those who want them, once for each, again where it failed, dead at last."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from gateway.channels import taking
from gateway.channels.sending import BACKOFF, send_due
from gateway.channels.webhooks import signature
from shared.actor import system
from shared.clock import SHANGHAI, now, today
from shared.events import NoticeGiven
from shared.ids import new_id
from shared.settings import Settings, settings
from tests.support.receivers import MailServer, Receiver, mail_server, receiver

SECRET = "a secret of sixteen and more"
LINK = "/declare?declaration=D1"


@pytest.fixture(scope="module")
def post(tmp_path_factory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def mail(post: MailServer) -> MailServer:
    post.mails.clear()
    post.recipients.clear()
    post.seen.clear()
    post.refuse = ""
    return post


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as one:
        yield one


@pytest.fixture(autouse=True)
def set_up(monkeypatch, tmp_path, mail: MailServer) -> Settings:
    """Mail through the server of the tests; webhooks may go to this machine."""
    (tmp_path / "password").write_text(f"{mail.password}\n", encoding="utf-8")
    chosen = Settings(
        secret="a secret of the tests, 32 characters or more",
        public_url="https://kaohe.example",
        smtp=mail.url,
        smtp_from="kaohe@example.cn",
        smtp_password_file=str(tmp_path / "password"),
        smtp_ca_file=str(mail.certificate),
        webhook_networks="127.0.0.0/8",
    )
    chosen._check()
    monkeypatch.setattr(settings, "_settings", chosen)
    return chosen


@pytest.fixture
def give(sessions) -> Callable[..., NoticeGiven]:
    """``give("returned", "P0001")`` has the gateway take a notice, twice as the broker may deliver it."""

    def given(kind: str, person: str = "", *, address: str = "", count: int = 1, link: str = LINK) -> NoticeGiven:
        notice = NoticeGiven(
            bureau="BJ",
            notice=new_id(),
            revision=1,
            cycle="2026",
            address=address or f"person:{person}",
            persons=[person] if person else [],
            kind=kind,
            count=count,
            given_on=today(),
            link=link,
            by="P0009",
        )
        for _ in range(2):
            with sessions.begin_handling([notice]) as session:
                taking.take_notices(session, [notice])
        return notice

    return given


@pytest.fixture
def send(sessions) -> Callable[..., int]:
    def sent(after: timedelta = timedelta()) -> int:
        return send_due(sessions, now() + after + timedelta(seconds=1))

    return sent


def confirm(client: Any, mail: MailServer, address: str) -> None:
    asked = client.post("/api/v1/notices/channels/address", json={"address": address})
    assert asked.status_code == 202, asked.text
    content = mail.mails[-1].get_content()
    code = content.partition("验证码：")[2][:6]
    assert client.post("/api/v1/notices/channels/address/confirm", json={"code": code}).status_code == 200


def choose(client: Any, *, digest: bool = False, **ways: list[str]) -> Any:
    shown = client.get("/api/v1/notices/channels").json
    classes = [
        {"of_class": one["of_class"], "ways": ways.get(one["of_class"], one["ways"])} for one in shown["classes"]
    ]
    return client.put("/api/v1/notices/channels", json={"digest": digest, "classes": classes})


def add(office: Any, form: str, url: str, **more: Any) -> str:
    answer = office.post("/api/v1/channels", json={"form": form, "name": "消息接口", "url": url, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json["channel"])


def statuses(sessions: Any) -> list[tuple[str, str]]:
    with sessions.engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(text("SELECT way, status FROM gateway.deliveries ORDER BY 1, 2"))
        ]


def test_a_notice_comes_by_mail_once_in_chinese_with_a_link_and_nothing_else(staff, mail, give, send):
    confirm(staff, mail, "zhang@example.cn")
    mail.mails.clear()
    give("returned", "P0001", count=3)
    assert send() == 1
    assert send() == 0
    (one,) = mail.mails
    assert (one["Subject"], one["From"].addresses[0].display_name) == ("绩效考核：被退回（3 项）", "绩效考核系统")
    assert mail.recipients[-1] == "zhang@example.cn"
    content = one.get_content()
    assert f"被退回（3 项）\nhttps://kaohe.example{LINK}\n" in content
    assert one.get_content_type() == "text/plain"
    assert one.get_content_charset() == "utf-8"
    assert "staff" not in content
    assert "P0001" not in content
    assert mail.seen[:3] == ["EHLO", "STARTTLS", "EHLO"]


def test_nothing_but_the_code_goes_to_an_address_that_is_not_confirmed(staff, mail, give, send):
    assert staff.post("/api/v1/notices/channels/address", json={"address": "zhang@example.cn"}).status_code == 202
    (one,) = mail.mails
    assert one["Subject"] == "绩效考核：邮箱验证码"
    shown = staff.get("/api/v1/notices/channels").json
    assert (shown["address"], shown["waiting"]) == (None, "zhang@example.cn")
    give("returned", "P0001")
    assert send() == 0
    wrong = [staff.post("/api/v1/notices/channels/address/confirm", json={"code": "x"}) for _ in range(6)]
    assert [one.json["code"] for one in wrong] == ["mail.wrong_code"] * 5 + ["mail.no_code"]
    right = one.get_content().partition("验证码：")[2][:6]
    late = staff.post("/api/v1/notices/channels/address/confirm", json={"code": right})
    assert late.json["code"] == "mail.no_code"  # guessed at too often


def test_codes_are_sent_so_often_a_day(staff, mail):
    ask = [staff.post("/api/v1/notices/channels/address", json={"address": f"z{n}@example.cn"}) for n in range(6)]
    assert [one.status_code for one in ask] == [202] * 5 + [429]
    assert len(mail.mails) == 5


@pytest.mark.parametrize("address", ["no", "a@b\r\nBcc: c@d.cn", "a b@example.cn", "张@例"])
def test_what_is_no_address_is_refused(staff, mail, address):
    assert staff.post("/api/v1/notices/channels/address", json={"address": address}).status_code == 422
    assert mail.mails == []


def test_an_address_taken_away_gets_nothing_more(staff, mail, give, send, sessions):
    confirm(staff, mail, "zhang@example.cn")
    give("returned", "P0001")
    assert staff.delete("/api/v1/notices/channels/address").status_code == 204
    mail.mails.clear()
    send()
    assert mail.mails == []
    assert statuses(sessions) == [("email", "dead")]


def test_a_person_chooses_and_what_is_urgent_cannot_be_switched_off(staff, mail, give, send):
    confirm(staff, mail, "zhang@example.cn")
    refused = choose(staff, returned=[])
    assert refused.json["code"] == "notices.urgent"
    assert {one["row"] for one in refused.json["errors"]} == {2}
    assert choose(staff, decided=[]).status_code == 200
    mail.mails.clear()
    give("assessed", "P0001")
    give("amended", "P0001")
    send()
    assert [one["Subject"] for one in mail.mails] == ["绩效考核：已更正"]


def test_what_is_not_urgent_comes_together_in_the_morning_where_one_wants_it_so(staff, mail, give, send):
    confirm(staff, mail, "zhang@example.cn")
    assert choose(staff, digest=True).status_code == 200
    mail.mails.clear()
    for kind in ("assessed", "order_due", "returned"):
        give(kind, "P0001")
    send()
    assert [one["Subject"] for one in mail.mails] == ["绩效考核：被退回"]
    send(timedelta(days=1))
    assert mail.mails[-1]["Subject"] == "绩效考核：2 条通知"
    assert {line for line in mail.mails[-1].get_content().splitlines() if line in ("已核评", "任务单临期")} == {
        "已核评",
        "任务单临期",
    }


def test_the_morning_is_the_bureaus():
    assert taking.next_digest(datetime(2026, 11, 30, 7, 59, tzinfo=SHANGHAI)).hour == 8
    assert taking.next_digest(datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)).day == 1


def test_a_mail_server_whose_certificate_is_not_proved_gets_no_password(staff, mail, set_up, monkeypatch):
    monkeypatch.setattr(settings, "_settings", replace(set_up, smtp_ca_file=""))
    answer = staff.post("/api/v1/notices/channels/address", json={"address": "zhang@example.cn"})
    assert (answer.status_code, answer.json["code"]) == (503, "mail.not_sent")
    assert "证书" in answer.json["zh"]
    assert "AUTH" not in mail.seen


def test_what_fails_is_tried_again_later_each_time_and_is_dead_at_last_for_the_office_to_see(
    staff, office, mail, give, send, sessions
):
    confirm(staff, mail, "zhang@example.cn")
    mail.mails.clear()
    mail.refuse = "451 later"
    give("returned", "P0001")
    waited = timedelta()
    assert send() == 1
    assert send() == 0  # not before its time
    for pause in BACKOFF[:-1]:
        waited += pause + timedelta(seconds=5)
        assert send(waited) == 1
    assert statuses(sessions) == [("email", "dead")]
    (one,) = office.get("/api/v1/deliveries?status=dead").json["items"]
    assert (one["attempts"], one["account"], one["kind"]) == (len(BACKOFF), "staff", "returned")
    assert "451 later" in one["reason"]
    assert staff.get("/api/v1/deliveries").status_code == 403
    mail.refuse = ""
    assert office.post("/api/v1/deliveries/retry", json={"deliveries": [one["delivery"]]}).json == {"revived": 1}
    send(waited)
    assert len(mail.mails) == 1


def test_a_refused_mailbox_is_dead_at_once_and_the_sender_that_died_sends_again_with_the_same_key(
    staff, mail, give, send, sessions
):
    confirm(staff, mail, "zhang@example.cn")
    mail.mails.clear()
    give("returned", "P0001")
    send()
    with sessions.engine.begin() as connection:  # sent, and died before it was noted
        connection.execute(text("UPDATE gateway.deliveries SET status = 'waiting'"))
    send(timedelta(minutes=5))
    assert len(mail.mails) == 2
    assert len({one["Message-ID"] for one in mail.mails}) == 1
    mail.refuse = "550 nobody here"
    give("returned", "P0001")
    send()
    assert statuses(sessions) == [("email", "dead"), ("email", "sent")]


def test_the_webhook_is_signed_over_time_and_body_and_has_its_key(staff, office, hook, give, send):
    add(office, "signed", hook.url, secret=SECRET)
    give("judged", "P0001")
    assert send() == 1
    ((_, headers, body),) = hook.got
    assert headers["Kaohe-Signature"] == signature(SECRET, headers["Kaohe-Timestamp"], body)
    told = hook.bodies[0]
    assert told == {
        "key": headers["Idempotency-Key"],
        "kind": "judged",
        "person": "P0001",
        "items": [{"title": "已评定", "link": f"https://kaohe.example{LINK}"}],
    }


def test_a_robot_hears_what_is_for_everybody_and_of_a_person_only_who_wants_it(staff, office, hook, give, send):
    add(office, "wecom", f"{hook.url}?key=k")
    give("returned", "P0001")
    assert send() == 0
    give("published", address="everybody", link="/results")
    send()
    assert hook.bodies[-1] == {
        "msgtype": "markdown",
        "markdown": {"content": "**绩效考核通知**\n- [结果已公布](https://kaohe.example/results)"},
    }
    assert choose(staff, returned=["email", "webhook", "robot"]).status_code == 200
    give("returned", "P0001")
    send()
    assert hook.bodies[-1]["markdown"]["content"].startswith("**绩效考核通知：staff**")


def test_dingtalk_and_feishu_are_signed_as_their_makers_say(staff, office, hook, give, send):
    add(office, "dingtalk", f"{hook.url}?access_token=t", secret="SECx")
    add(office, "feishu", hook.url, secret="SECy")
    give("published", address="everybody")
    send()
    by_form = {"msgtype" in body: (path, body) for (path, _, _), body in zip(hook.got, hook.bodies, strict=True)}
    query = parse_qs(urlsplit(by_form[True][0]).query)
    (stamp,), (sign,) = query["timestamp"], query["sign"]
    expected = hmac.new(b"SECx", f"{stamp}\nSECx".encode(), hashlib.sha256).digest()
    assert sign == base64.b64encode(expected).decode()
    assert query["access_token"] == ["t"]
    body = by_form[False][1]
    expected = hmac.new(f"{body['timestamp']}\nSECy".encode(), b"", hashlib.sha256).digest()
    assert body["sign"] == base64.b64encode(expected).decode()
    assert body["msg_type"] == "text"


def test_a_robot_that_answers_200_with_an_error_has_not_taken_it(office, hook, give, send):
    hook.answer = b'{"errcode":45009,"errmsg":"api freq out of limit"}'
    channel = add(office, "wecom", hook.url)
    give("published", address="everybody")
    send()
    (shown,) = office.get("/api/v1/channels").json["items"]
    assert (shown["channel"], shown["succeeded_at"]) == (channel, None)
    assert "45009" in shown["failure"]
    assert office.get("/api/v1/deliveries?status=waiting").json["items"][0]["attempts"] == 1


def test_one_dead_target_holds_nobody_else_up(staff, office, mail, hook, give, send):
    hook.status = 500
    add(office, "signed", hook.url, secret=SECRET)
    confirm(staff, mail, "zhang@example.cn")
    mail.mails.clear()
    for _ in range(3):
        give("returned", "P0001")
    assert send() == 6
    assert len(mail.mails) == 3
    assert len(hook.got) == 1  # the others wait


def test_the_office_tries_a_channel_and_sees_how_it_went(office, hook):
    channel = add(office, "signed", hook.url, secret=SECRET)
    assert office.post(f"/api/v1/channels/{channel}/try").json == {"sent": True, "reason": ""}
    hook.status = 404
    assert office.post(f"/api/v1/channels/{channel}/try").json == {"sent": False, "reason": "对方答复 HTTP 404"}
    (shown,) = office.get("/api/v1/channels").json["items"]
    assert shown["succeeded_at"] is not None
    assert shown["failed_at"] is not None


def test_no_redirect_is_followed(office, hook):
    with receiver() as elsewhere:
        hook.status, hook.headers = 302, {"Location": elsewhere.url}
        channel = add(office, "signed", hook.url, secret=SECRET)
        assert office.post(f"/api/v1/channels/{channel}/try").json["reason"] == "对方答复 HTTP 302"
        assert elsewhere.got == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "https://localhost:{port}/",
        "https://[::1]:{port}/",
        "https://[::ffff:127.0.0.1]:{port}/",
        "https://0.0.0.0:{port}/",
        "https://2130706433:{port}/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/",
        "https://[64:ff9b::7f00:1]/",
    ],
)
def test_addresses_of_the_house_are_not_reached(office, hook, url, set_up, monkeypatch):
    monkeypatch.setattr(settings, "_settings", replace(set_up, webhook_networks=""))
    channel = add(office, "signed", url.format(port=hook.port), secret=SECRET)
    tried = office.post(f"/api/v1/channels/{channel}/try").json
    assert tried["sent"] is False
    assert "内部地址" in tried["reason"]
    assert hook.got == []


def test_what_was_judged_is_what_is_spoken_to(office, hook, monkeypatch):
    """A name that resolves to a public address when it is judged and to the house when it is connected to reaches nothing."""
    import socket

    asked: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    connected: list[Any] = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *rest: connected.append(address) or real(address, *rest)
    )
    channel = add(office, "signed", f"http://receiver.test:{hook.port}/hook", secret=SECRET)
    assert office.post(f"/api/v1/channels/{channel}/try").json["sent"] is True
    assert asked.count("receiver.test") == 1
    assert ("127.0.0.1", hook.port) in connected
    assert hook.got[0][1]["Host"] == f"receiver.test:{hook.port}"


def test_a_webhook_over_https_is_proved_by_its_certificate(office, mail, set_up, monkeypatch):
    with receiver(mail.certificate) as secure:
        channel = add(office, "signed", f"https://127.0.0.1:{secure.port}/", secret=SECRET)
        refused = office.post(f"/api/v1/channels/{channel}/try").json
        assert "证书" in refused["reason"]
        assert secure.got == []
        monkeypatch.setattr(settings, "_settings", replace(set_up, webhook_ca_file=str(mail.certificate)))
        assert office.post(f"/api/v1/channels/{channel}/try").json["sent"] is True


@pytest.mark.parametrize("url", ["ftp://a.cn/", "https://u:p@a.cn/", "https://", "javascript:1", "https://a.cn/ b"])
def test_what_is_no_address_of_a_webhook_is_refused(office, url):
    answer = office.post("/api/v1/channels", json={"form": "wecom", "name": "群", "url": url})
    assert answer.json["code"] == "channel.address"


def test_addresses_and_secrets_are_shown_to_nobody_and_lie_sealed(office, staff, hook, sessions):
    channel = add(office, "signed", f"{hook.url}?key=hidden", secret=SECRET)
    with sessions.engine.connect() as connection:
        rows = connection.execute(text("SELECT t::text FROM gateway.bureau_channels t")).scalars().all()
        trail = connection.execute(text("SELECT t::text FROM gateway.audit t")).scalars().all()
    seen = office.get("/api/v1/channels").text + "".join(rows) + "".join(trail)
    assert "hidden" not in seen
    assert SECRET not in seen
    assert staff.get("/api/v1/channels").status_code == 403
    assert staff.post(f"/api/v1/channels/{channel}/try").status_code == 403


def test_a_channel_is_changed_by_its_revision_switched_off_and_dropped(office, hook, give, send, sessions):
    channel = add(office, "wecom", hook.url)
    path = f"/api/v1/channels/{channel}"
    assert office.patch(path, json={"active": False}).status_code == 428
    assert office.patch(path, json={"active": False}, headers={"If-Match": '"1"'}).json["active"] is False
    assert office.patch(path, json={"active": True}, headers={"If-Match": '"1"'}).status_code == 412
    give("published", address="everybody")
    assert send() == 0
    assert office.delete(path).status_code == 204
    assert office.delete(path).status_code == 404


def test_the_channels_of_one_bureau_are_not_anothers(office, open_account, log_in, hook):
    channel = add(office, "wecom", hook.url)
    other = log_in(open_account("other", "office:bureau", bureau="TJ"))
    assert other.get("/api/v1/channels").json["items"] == []
    assert other.post(f"/api/v1/channels/{channel}/try").status_code == 404
    assert other.delete(f"/api/v1/channels/{channel}").status_code == 404


def test_duties_reach_whoever_holds_them_by_role(open_account, sessions, give, hook, office, send):
    add(office, "signed", hook.url, secret=SECRET)
    for name, role, person in (
        ("hr", "hr:bureau", "P0002"),
        ("as", "assessor:unit:D09", "P0003"),
        ("pa", "panel:bureau", "P0004"),
        ("he", "unit_head:unit:D10", "P0005"),
    ):
        open_account(name, role, person=person)
    for address in ("desk:hr", "assessor:D09", "assessor:panel", "head:D10", "assessor:D11"):
        give("assess_due", address=address)
    send()
    assert [one["person"] for one in hook.bodies] == ["P0002", "P0003", "P0004", "P0005"]


def test_whoever_is_no_longer_active_is_told_nothing(staff, admin, mail, give, send, sessions):
    confirm(staff, mail, "zhang@example.cn")
    give("returned", "P0001")
    with sessions.begin(system("")) as session:
        session.execute(text("UPDATE gateway.accounts SET active = false WHERE account = 'staff'"))
    mail.mails.clear()
    send()
    assert mail.mails == []
