"""The webhooks and robots of a bureau, set and tried by its office."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from gateway.channels.guarded import check_address
from gateway.channels.port import Item as Told
from gateway.channels.port import Message, NotSent, full_link
from gateway.channels.webhooks import Webhook
from gateway.storage.bureau_channels import BureauChannels, opened, sealed
from shared.actor import Actor
from shared.clock import now
from shared.database import Sessions
from shared.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from shared.ids import new_id
from shared.recording import audit
from shared.settings import settings

MOST = 20  # channels of one bureau
SHORTEST_SECRET = 16


def check_keeps(actor: Actor) -> None:
    """Check that the actor keeps the channels of their bureau: its office does."""
    if not (actor.bureau and actor.has("office")):
        raise Forbidden("channel.forbidden", zh="通知通道由本局考核办设置", en="the bureau's office keeps its channels")


def reach_of(actor: Actor) -> str | None:
    """Tell of which bureau the actor may see what was sent: the office of its own, the operator of all (None)."""
    if actor.has("admin"):
        return None
    check_keeps(actor)
    return actor.bureau


def add(session: Session, actor: Actor, command: Mapping[str, Any]) -> dict[str, Any]:
    check_keeps(actor)
    if not settings.public_url:
        zh, en = "请先由运维人员设置系统访问地址（KAOHE_PUBLIC_URL）", "the operator has to set KAOHE_PUBLIC_URL first"
        raise Conflict("channel.no_public_url", zh=zh, en=en)
    channels = BureauChannels(session)
    if len(channels.all_of(actor.bureau)) >= MOST:
        raise Conflict("channel.too_many", zh=f"通知通道不得超过 {MOST} 个", en=f"at most {MOST} channels")
    url, secret = command["url"], command.get("secret") or ""
    _check(command["form"], url, secret)
    row = {
        "channel": new_id(),
        "bureau": actor.bureau,
        "form": command["form"],
        "name": command["name"],
        "host": urlsplit(url).hostname,
        "sealed": sealed(url, secret),
        "active": True,
        "revision": 1,
    }
    channels.add(row)
    _note(session, row["channel"], "added", {name: row[name] for name in ("form", "name", "host")})
    return _shown(session, actor, str(row["channel"]))


def change(
    session: Session, actor: Actor, channel: str, command: Mapping[str, Any], revision: int | None
) -> dict[str, Any]:
    check_keeps(actor)
    old = BureauChannels(session).get(actor.bureau, channel, lock=True)
    if revision is not None and revision != old["revision"]:
        raise PreconditionFailed("channel.changed", zh="通道已被他人修改", en="the channel has changed meanwhile")
    hook = _opened(old)
    url, secret = command.get("url", hook.url), command.get("secret", hook.secret)
    _check(old["form"], url, secret)
    values = {
        "name": command.get("name", old["name"]),
        "active": command.get("active", old["active"]),
        "host": urlsplit(url).hostname,
        "sealed": sealed(url, secret),
        "revision": old["revision"] + 1,
    }
    BureauChannels(session).change(channel, values)
    told = {name: values[name] for name in ("name", "active", "host")}
    _note(session, channel, "changed", {**told, "address": "url" in command, "secret": "secret" in command})
    return _shown(session, actor, channel)


def drop(session: Session, actor: Actor, channel: str) -> None:
    check_keeps(actor)
    BureauChannels(session).get(actor.bureau, channel, lock=True)
    BureauChannels(session).drop(channel)
    _note(session, channel, "dropped", {})


def try_out(sessions: Sessions, actor: Actor, channel: str) -> dict[str, Any]:
    """Send a message that says it is a trial; answers with how it went, and notes it."""
    check_keeps(actor)
    with sessions.begin(actor) as session:
        hook = _opened(BureauChannels(session).get(actor.bureau, channel))
    failure: str | None = None
    try:
        hook.send(Message(new_id(), "trial", (Told("试发：通知通道已连通", full_link("")),), actor.person, None))
    except NotSent as problem:
        failure = problem.reason
    with sessions.begin(actor) as session:
        BureauChannels(session).note(channel, now(), failure)
        _note(session, channel, "tried", {"failure": failure})
    return {"sent": failure is None, "reason": failure or ""}


def _opened(row: Mapping[str, Any]) -> Webhook:
    try:
        return opened(row)
    except InvalidToken as error:
        zh, en = "通道的地址已无法解密（系统密钥已更换），请删除后重新添加", "sealed with another secret: add it anew"
        raise Conflict("channel.sealed", zh=zh, en=en) from error


def _check(form: str, url: str, secret: str) -> None:
    if wrong := check_address(url):
        raise Invalid("channel.address", zh=wrong, en="the address cannot be used")
    if form == "signed" and len(secret) < SHORTEST_SECRET:
        zh, en = f"签名密钥不得少于 {SHORTEST_SECRET} 个字符", f"the secret needs {SHORTEST_SECRET} characters"
        raise Invalid("channel.secret", zh=zh, en=en)


def _shown(session: Session, actor: Actor, channel: str) -> dict[str, Any]:
    return next(one for one in BureauChannels(session).all_of(actor.bureau) if one["channel"] == channel)


def _note(session: Session, channel: str, what: str, after: Mapping[str, Any]) -> None:
    audit(session, action=f"channel.{what}", subject=channel, before={}, after=dict(after))
