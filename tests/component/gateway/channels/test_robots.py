"""Notices leave to webhooks and robots, signed as their makers say; a group hears of a person only who asked for it."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from gateway.channels.webhooks import signature
from tests.component.gateway.channels.asking import LINK, SECRET, add, choose, confirm


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


def test_a_channel_that_cannot_be_opened_holds_nobody_else_up(staff, office, hook, give, send, sessions):
    """As after the installation's secret was changed."""
    broken, _ = add(office, "signed", hook.url, secret=SECRET), add(office, "wecom", hook.url)
    with sessions.engine.begin() as connection:
        spoil = text("UPDATE gateway.bureau_channels SET sealed = 'garbage' WHERE channel = :channel")
        connection.execute(spoil, {"channel": broken})
    give("published", address="everybody")
    give("returned", "P0001")
    send()
    assert [one["msgtype"] for one in hook.bodies] == ["markdown"]
    waiting = office.get("/api/v1/deliveries?status=waiting").json["items"]
    assert {one["channel"] for one in waiting} == {broken}
    tried = sorted((one["attempts"], one["reason"]) for one in waiting)
    assert tried == [(0, ""), (1, "内部错误：InvalidToken")]  # the other one waits
    for answer in (
        office.post(f"/api/v1/channels/{broken}/try"),
        office.patch(f"/api/v1/channels/{broken}", json={"name": "x"}, headers={"If-Match": '"1"'}),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "channel.sealed")
    assert office.delete(f"/api/v1/channels/{broken}").status_code == 204


def test_what_a_robot_answers_can_be_kept_whatever_it_is(office, hook, give, send):
    hook.answer = b'{"errcode":1,"errmsg":"no\\u0000\\ud800 way"}'
    add(office, "wecom", hook.url)
    give("published", address="everybody")
    send()
    (failed,) = office.get("/api/v1/deliveries").json["items"]
    assert (failed["attempts"], failed["reason"]) == (1, "机器人答复错误 1：no? way")


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


def test_a_duty_of_one_unit_reaches_whoever_holds_it_bureau_wide(open_account, sessions, give, hook, office, send):
    add(office, "signed", hook.url, secret=SECRET)
    open_account("as", "assessor:unit:D09", person="P0003")
    with sessions.engine.begin() as connection:
        wide = """UPDATE gateway.accounts SET grants = '[{"role": "assessor", "scope": "bureau", "target": null}]'"""
        connection.execute(text(f"{wide} WHERE account = 'as'"))
    for address in ("assessor:D11", "head:D11", "assessor:panel"):
        give("assess_due", address=address)
    send()
    assert [one["person"] for one in hook.bodies] == ["P0003"]
