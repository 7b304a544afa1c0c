"""Notices leave by mail: to those who want them, once for each, again where it failed, dead at last."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from gateway.channels import taking
from gateway.channels.sending import BACKOFF
from shared.actor import system
from shared.clock import SHANGHAI
from shared.settings import settings
from tests.component.gateway.channels.asking import LINK, choose, confirm, statuses


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
    for pause in BACKOFF:
        waited += pause + timedelta(seconds=5)
        assert send(waited) == 1
    assert statuses(sessions) == [("email", "dead")]
    (one,) = office.get("/api/v1/deliveries?status=dead").json["items"]
    assert (one["attempts"], one["account"], one["kind"]) == (len(BACKOFF) + 1, "staff", "returned")
    assert "451 later" in one["reason"]
    assert "link" not in one  # to what is the person's own
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


def test_what_is_repeated_together_with_more_has_another_key(staff, mail, give, send, sessions):
    """Or a mailbox that drops repetitions would drop what it never had."""
    confirm(staff, mail, "zhang@example.cn")
    assert choose(staff, digest=True).status_code == 200
    mail.mails.clear()
    give("assessed", "P0001")
    send(timedelta(days=1))
    for _ in range(2):  # taken by the server, and not noted; the second time nothing has joined
        with sessions.engine.begin() as connection:
            connection.execute(text("UPDATE gateway.deliveries SET status = 'waiting'"))
        if len(mail.mails) == 1:
            give("order_due", "P0001")
        send(timedelta(days=1, minutes=5 * len(mail.mails)))
    assert [one["Subject"] for one in mail.mails] == ["绩效考核：已核评", *["绩效考核：2 条通知"] * 2]
    alone, together, again = (one["Message-ID"] for one in mail.mails)
    assert alone != together
    assert together == again


@pytest.mark.parametrize(
    "refusal", ["550 <Zhang@Example.cn>: no such user", "550 user zhang unknown", "451 zhang@example.cn"]
)
def test_a_private_address_is_not_told_by_the_servers_refusal(staff, office, mail, give, send, refusal):
    confirm(staff, mail, "zhang@example.cn")
    mail.refuse = refusal
    give("returned", "P0001")
    send()
    (one,) = office.get("/api/v1/deliveries").json["items"]
    assert refusal[:3] in one["reason"]
    assert "…" in one["reason"]
    assert "zhang" not in one["reason"].lower()


def test_whoever_is_no_longer_active_is_told_nothing(staff, admin, mail, give, send, sessions):
    confirm(staff, mail, "zhang@example.cn")
    give("returned", "P0001")
    with sessions.begin(system("")) as session:
        session.execute(text("UPDATE gateway.accounts SET active = false WHERE account = 'staff'"))
    mail.mails.clear()
    send()
    assert mail.mails == []
