"""One's own channels: the mail address, confirmed by a code before anything else goes there, and what one is told how."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.secrets import digest
from gateway.channels.mail import Mailbox, mail_is_set_up
from gateway.channels.port import NotSent
from gateway.storage.addresses import MailAddresses, NoticeChoices, still_valid
from gateway.storage.bureau_channels import BureauChannels
from shared.actor import Actor
from shared.clock import now
from shared.database import Sessions
from shared.errors import Conflict, Entry, Invalid, TooManyRequests, Unavailable
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.notices import NOTICE_CLASSES, WAYS, wants

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=15)
GUESSES = 5
CODES_A_DAY = 5  # so that nobody fills another's mailbox with them
DAY = timedelta(days=1)


def show(session: Session, actor: Actor) -> dict[str, Any]:
    row = MailAddresses(session).find(actor.account) or {}
    chosen = NoticeChoices(session).of([actor.account]).get(actor.account, {})
    forms = {one["form"] for one in BureauChannels(session).active(actor.bureau)}
    there = {"email": mail_is_set_up(), "webhook": "signed" in forms, "robot": bool(forms - {"signed"})}
    waits = still_valid(row or None, now(), GUESSES)
    return {
        "address": row.get("address") or None if row.get("confirmed_at") else None,
        "waiting": row["wanted"] if waits else None,
        "digest": bool(row.get("digest")),
        "ways": [{"way": way, "title": title, "there": there[way]} for way, title in WAYS.items()],
        "classes": [
            {
                "of_class": name,
                "title": one.title,
                "urgent": one.urgent,
                "ways": [way for way in WAYS if wants(chosen, name, way)],
            }
            for name, one in NOTICE_CLASSES.items()
        ],
    }


def choose(session: Session, actor: Actor, command: Mapping[str, Any]) -> None:
    """Replace what was chosen. What is urgent comes by mail and by the bureau's webhook whatever is chosen."""
    chosen = _chosen(command["classes"])
    NoticeChoices(session).keep(actor.account, chosen)
    if MailAddresses(session).find(actor.account):
        MailAddresses(session).put(actor.account, digest=command["digest"])
    after = sorted(f"{of_class} {way} {'on' if on else 'off'}" for (of_class, way), on in chosen.items())
    audit(session, action="notices.chosen", subject=actor.account, before={}, after=after)


def _chosen(classes: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], bool]:
    chosen: dict[tuple[str, str], bool] = {}
    faults: list[Entry] = []
    for row, one in enumerate(classes):
        for way in WAYS:
            wanted = {(one["of_class"], way): way in one["ways"]}
            if wants(wanted, one["of_class"], way) != (way in one["ways"]):
                zh = f"“{NOTICE_CLASSES[one['of_class']].title}”为紧急通知，不能关闭{WAYS[way]}"
                en = f"{one['of_class']} is urgent: {way} cannot be switched off"
                faults.append({"row": row, "field": "ways", "code": "notices.urgent", "zh": zh, "en": en})
            chosen |= wanted
    if faults:
        raise Invalid(
            "notices.urgent", zh="紧急通知不能关闭", en="urgent notices cannot be switched off", errors=faults
        )
    return chosen


def ask_for_code(sessions: Sessions, actor: Actor, address: str) -> None:
    """Send a code to ``address``: the only thing that goes there before it is confirmed."""
    if not mail_is_set_up():
        raise Conflict("mail.none", zh="本系统未配置邮件服务器", en="no mail server is set up here")
    code, at = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS)), now()
    with sessions.begin(actor) as session:
        addresses = MailAddresses(session)
        row = addresses.find(actor.account, lock=True) or {"codes_sent": 0, "first_code_at": None}
        fresh = row["first_code_at"] is None or row["first_code_at"] < at - DAY
        if not fresh and row["codes_sent"] >= CODES_A_DAY:
            raise TooManyRequests("mail.codes", zh="今天发送验证码次数过多，请明天再试", en="too many codes today")
        addresses.put(
            actor.account,
            wanted=address,
            code=digest(f"{actor.account} {address} {code}"),
            code_until=at + CODE_LASTS,
            guesses=0,
            codes_sent=1 if fresh else row["codes_sent"] + 1,
            first_code_at=at if fresh else row["first_code_at"],
        )
    text = f"您好：\n\n验证码：{code}\n\n用于在绩效考核系统中确认本邮箱，15 分钟内有效。如非本人操作，请忽略本邮件。"
    try:
        Mailbox(address).send_text("绩效考核：邮箱验证码", text, key=new_id())
    except NotSent as failure:
        raise Unavailable(
            "mail.not_sent", zh=f"验证码未能发出：{failure.reason}", en="the code was not sent"
        ) from failure


def confirm(sessions: Sessions, actor: Actor, code: str) -> None:
    """Take the address into use. A wrong code counts even though it is refused."""
    with sessions.begin(actor) as session:
        addresses = MailAddresses(session)
        row = addresses.find(actor.account, lock=True)
        if row is None or not still_valid(row, now(), GUESSES):
            raise Conflict("mail.no_code", zh="没有有效的验证码，请重新发送", en="no code waits: ask for another")
        right = compare_digest(bytes(row["code"]), digest(f"{actor.account} {row['wanted']} {code.strip()}"))
        if right:
            done: dict[str, Any] = dict.fromkeys(("wanted", "code", "code_until"))
            addresses.put(actor.account, **done, address=row["wanted"], confirmed_at=now())
            audit(session, action="mail.confirmed", subject=actor.account, before={}, after={})
        else:
            addresses.guessed(actor.account)
    if not right:
        raise Invalid("mail.wrong_code", zh="验证码不正确", en="the code is wrong")


def drop(session: Session, actor: Actor) -> None:
    MailAddresses(session).drop(actor.account)
    audit(session, action="mail.dropped", subject=actor.account, before={}, after={})
