"""A notice comes in: pages are hinted at it, and it is put for every channel that its people want, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gateway.channels.mail import mail_is_set_up
from gateway.storage.accounts import Account, Accounts
from gateway.storage.addresses import Choices, MailAddresses, NoticeChoices
from gateway.storage.bureau_channels import BureauChannels
from gateway.storage.deliveries import Deliveries
from gateway.storage.hints import EVERYBODY, audience_of, note_hints
from shared.clock import SHANGHAI, now
from shared.events import NoticeGiven
from shared.ids import new_id
from shared.vocabulary.notices import CLASS_OF, NOTICE_CLASSES, wants

TO_ALL = "everybody"
FAMILY = "notices"
DIGEST_AT = time(8)  # of the bureau
# Duties that a role gives; those of heads come with the event.
_BY_ROLE = {"assessor": "assessor", "head": "unit_head"}


def take_notices(session: Session, states: Sequence[NoticeGiven]) -> None:
    """Take notices, each once however often it is told."""
    at = now()
    new = Deliveries(session).claim_notices([one.notice for one in states], at)
    by_bureau: dict[str, dict[str, NoticeGiven]] = {}
    for one in states:
        if one.notice in new:
            by_bureau.setdefault(one.bureau, {})[one.notice] = one
    hinted = {bureau: _take(session, bureau, list(given.values()), at) for bureau, given in by_bureau.items()}
    for bureau, audiences in hinted.items():  # last: their lock is held until this transaction ends
        note_hints(session, bureau, [(audience, FAMILY) for audience in audiences])


def _take(session: Session, bureau: str, notices: Sequence[NoticeGiven], at: datetime) -> set[str]:
    """Put what is to be sent; returns who is to be hinted at it."""
    people = Accounts(session).active_of(bureau)
    told = [(one, [who for who in people if _is_for(one, who)]) for one in notices]
    ways = _Ways.of(session, bureau, {who.account for _, whom in told for who in whom})
    Deliveries(session).add([row for one, whom in told for row in ways.rows(one, whom, at)])
    return {audience for one, whom in told for audience in _audiences(one, whom)}


def _is_for(notice: NoticeGiven, who: Account) -> bool:
    duty, _, code = notice.address.partition(":")
    if duty == TO_ALL or (who.person is not None and who.person in notice.persons):
        return True
    actor = who.actor()
    if duty == "desk":
        return actor.has(code)
    if duty == "assessor" and code == "panel":
        return actor.has("panel")
    return duty in _BY_ROLE and actor.has(_BY_ROLE[duty], unit=code)


def _audiences(notice: NoticeGiven, whom: Sequence[Account]) -> set[str]:
    if notice.address == TO_ALL:
        return {EVERYBODY}
    return {audience_of(who.actor()) for who in whom}


@dataclass(frozen=True)
class _Ways:
    """By which ways the people of a bureau can be told, and want to be."""

    mail: Mapping[str, Mapping[str, Any]]  # by account
    choices: Mapping[str, Choices]
    webhooks: Sequence[str]
    robots: Sequence[str]

    @classmethod
    def of(cls, session: Session, bureau: str, accounts: set[str]) -> "_Ways":
        mail = MailAddresses(session).confirmed(accounts) if mail_is_set_up() else {}
        channels = BureauChannels(session).active(bureau)
        webhooks = [one["channel"] for one in channels if one["form"] == "signed"]
        robots = [one["channel"] for one in channels if one["form"] != "signed"]
        choices = NoticeChoices(session).of(accounts) if mail or channels else {}
        return cls(mail, choices, webhooks, robots)

    def rows(self, notice: NoticeGiven, whom: Sequence[Account], at: datetime) -> Iterator[dict[str, Any]]:
        of_class = CLASS_OF[notice.kind]
        if notice.address == TO_ALL:
            for channel in self.robots:
                yield _row(notice, "", "robot", channel, at, at)
        reached: set[str] = set()  # a person with two accounts is one to a bureau's own channels
        for who in whom:
            chosen = self.choices.get(who.account, {})
            if who.account in self.mail and wants(chosen, of_class, "email"):
                digest = self.mail[who.account]["digest"] and not NOTICE_CLASSES[of_class].urgent
                yield _row(notice, who.account, "email", "", at, next_digest(at) if digest else at)
            if who.person is None or who.person in reached:
                continue
            reached.add(who.person)
            for channel in self.webhooks if wants(chosen, of_class, "webhook") else ():
                yield _row(notice, who.account, "webhook", channel, at, at)
            for channel in self.robots if notice.address != TO_ALL and wants(chosen, of_class, "robot") else ():
                yield _row(notice, who.account, "robot", channel, at, at)


def next_digest(at: datetime) -> datetime:
    local = at.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), DIGEST_AT, SHANGHAI)
    return today if today > local else today + timedelta(days=1)


def _row(notice: NoticeGiven, account: str, way: str, channel: str, at: datetime, due_at: datetime) -> dict[str, Any]:
    return {
        "delivery": new_id(),
        "bureau": notice.bureau,
        "notice": notice.notice,
        "account": account,
        "way": way,
        "channel": channel,
        "kind": notice.kind,
        "count": notice.count,
        "link": notice.link,
        "status": "waiting",
        "made_at": at,
        "due_at": due_at,
    }
