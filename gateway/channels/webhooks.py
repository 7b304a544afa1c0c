"""Messages to a bureau's own addresses: the signed webhook, and the group robots in the forms that their makers publish
(docs/decisions/1402)."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from gateway.channels.guarded import post
from gateway.channels.port import Message, NotSent
from shared.jsontext import dumps, loads

JSON = {"Content-Type": "application/json; charset=utf-8"}
LONGEST_NAME = 50


@dataclass(frozen=True)
class Webhook:
    """``secret``: of the signature; robots without one are guarded by their address alone."""

    form: str
    url: str
    secret: str = ""

    def send(self, message: Message) -> None:
        url, body, headers = _FORMS[self.form](self, message)
        http_code, answer = post(url, body, {**JSON, **headers, "Idempotency-Key": message.key})
        if not 200 <= http_code < 300:
            raise NotSent(f"对方答复 HTTP {http_code}", lasting=http_code in _REFUSED)
        if self.form != "signed":
            _check_robot(answer)


# What will be answered to every repetition: the address is wrong or gone.
_REFUSED = frozenset({400, 401, 403, 404, 405, 410})
Sent = tuple[str, bytes, Mapping[str, str]]


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what the receiver compares ``Kaohe-Signature`` with: HMAC-SHA256 over the timestamp, a dot and the body."""
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _signed(hook: Webhook, message: Message) -> Sent:
    items = [{"title": one.title, "link": one.link} for one in message.items]
    body = dumps({"key": message.key, "kind": message.kind, "person": message.person, "items": items}).encode()
    timestamp = str(int(time.time()))
    headers = {"Kaohe-Timestamp": timestamp, "Kaohe-Signature": signature(hook.secret, timestamp, body)}
    return hook.url, body, headers


def _wecom(hook: Webhook, message: Message) -> Sent:
    return _robot(hook.url, {"msgtype": "markdown", "markdown": {"content": _markdown(message)}})


def _dingtalk(hook: Webhook, message: Message) -> Sent:
    url = hook.url
    if hook.secret:
        timestamp = str(int(time.time() * 1000))
        sign = _base64_hmac(hook.secret, f"{timestamp}\n{hook.secret}")
        url += f"{'&' if '?' in url else '?'}timestamp={timestamp}&sign={quote_plus(sign)}"
    return _robot(url, {"msgtype": "markdown", "markdown": {"title": "绩效考核通知", "text": _markdown(message)}})


def _feishu(hook: Webhook, message: Message) -> Sent:
    signed = {}
    if hook.secret:
        timestamp = str(int(time.time()))
        signed = {"timestamp": timestamp, "sign": _base64_hmac(f"{timestamp}\n{hook.secret}", "")}
    lines = [_headline(message), *(f"{one.title} {one.link}" for one in message.items)]
    return _robot(hook.url, {**signed, "msg_type": "text", "content": {"text": "\n".join(lines)}})


_FORMS: Mapping[str, Callable[[Webhook, Message], Sent]] = {
    "signed": _signed,
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
}


def _robot(url: str, body: Mapping[str, Any]) -> Sent:
    return url, dumps(body).encode(), {}


def _headline(message: Message) -> str:
    return f"绩效考核通知：{message.name[:LONGEST_NAME]}" if message.name else "绩效考核通知"


def _markdown(message: Message) -> str:
    lines = [f"- [{_escaped(one.title)}]({one.link})" for one in message.items]
    return "\n".join([f"**{_escaped(_headline(message))}**", *lines])


def _escaped(text: str) -> str:
    """What a name or a title holds must not become a link or a mark of its own."""
    return "".join(f"\\{one}" if one in r"\`*_[]()<>#" else one for one in text)


def _base64_hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _check_robot(answer: bytes) -> None:
    """A robot's maker answers 200 to everything; whether it was taken stands in the body: errcode, or 飞书's code."""
    try:
        told = loads(answer)
        code = told.get("errcode", told.get("code", told.get("StatusCode")))
    except (ValueError, AttributeError) as error:
        raise NotSent("机器人的答复无法识别") from error
    if code != 0:
        raise NotSent(f"机器人答复错误 {str(code)[:20]}：{str(told.get('errmsg', told.get('msg', '')))[:200]}")
