"""Where webhooks may go, who sets them, and that nobody is shown where."""

import socket
import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from gateway.channels import guarded
from gateway.channels.port import NotSent
from shared.settings import settings
from tests.component.gateway.channels.asking import SECRET, add
from tests.support.receivers import receiver, trickling


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
        "https://[64:ff9b:1::7f00:1]/",
        "https://[fec0::1]/",
        "https://[2002:7f00:1::]/",
        "https://[::7f00:1]/",
        "https://[::ffff:0:7f00:1]/",
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


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        found = addresses if host == "receiver.test" else (host,)
        return [entry for one in found for entry in real(one, port, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_where_one_address_does_not_answer_the_next_is_tried(office, hook, monkeypatch):
    """As where a receiver has an address of version 6 and this machine has no way there."""

    resolve_to(monkeypatch, "127.0.0.2", "127.0.0.2", "127.0.0.1")
    channel = add(office, "signed", f"http://receiver.test:{hook.port}/hook", secret=SECRET)
    assert office.post(f"/api/v1/channels/{channel}/try").json == {"sent": True, "reason": ""}
    assert len(hook.got) == 1


def test_where_no_address_answers_the_last_one_says_why(office, hook, monkeypatch):
    resolve_to(monkeypatch, "127.0.0.2", "127.0.0.3")
    channel = add(office, "signed", f"http://receiver.test:{hook.port}/hook", secret=SECRET)
    tried = office.post(f"/api/v1/channels/{channel}/try").json
    assert tried == {"sent": False, "reason": "连接失败：ConnectionRefusedError"}


@pytest.mark.parametrize(
    ("scheme", "begins"),
    [
        ("http", b"HTTP/1.1 2"),
        ("http", b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 60000\r\n\r\n"),
        ("https", b"\x16\x03\x03\x40\x00"),
    ],
    ids=["status", "body", "handshake"],
)
def test_a_receiver_that_trickles_holds_nobody_up(monkeypatch, scheme, begins):
    """Each byte comes in time, all of them together do not."""
    monkeypatch.setattr(guarded, "EXCHANGE", 0.5)
    with trickling(begins) as port:
        begun = time.monotonic()
        with pytest.raises(NotSent, match="答复完毕"):
            guarded.post(f"{scheme}://127.0.0.1:{port}/", b"{}", {})
        assert time.monotonic() - begun < 5


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
