"""A mail server, a receiver of webhooks, and notices that come in."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from gateway.channels import taking
from gateway.channels.sending import send_due
from shared.clock import now, today
from shared.events import NoticeGiven
from shared.ids import new_id
from shared.settings import Settings, settings
from tests.component.gateway.channels.asking import LINK
from tests.support.receivers import MailServer, Receiver, mail_server, receiver


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
