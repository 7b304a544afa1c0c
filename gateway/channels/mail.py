"""Mail by SMTP: plain text in Chinese with links, over a connection whose certificate is proved (the standard library's own)."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gateway.channels.port import Message, NotSent
from shared.clock import now
from shared.settings import settings

SECONDS = 15.0
FOOT = "本邮件由绩效考核系统自动发出，请勿回复。登录系统查看详情；不需要的提醒可在“我的 → 通知方式”中关闭。"


def mail_is_set_up() -> bool:
    return bool(settings.smtp and settings.smtp_from)


@dataclass(frozen=True)
class Mailbox:
    address: str

    def send(self, message: Message) -> None:
        first = message.items[0].title
        subject = f"绩效考核：{first}" if len(message.items) == 1 else f"绩效考核：{len(message.items)} 条通知"
        lines = [f"{one.title}\n{one.link}\n" for one in message.items]
        self.send_text(subject, "\n".join(["您好：\n", *lines, FOOT]), key=message.key)

    def send_text(self, subject: str, text: str, *, key: str) -> None:
        """Send; a repetition has the same Message-ID, by which a mailbox may know it."""
        sender = settings.smtp_from
        mail = EmailMessage()
        mail["From"] = Address("绩效考核系统", addr_spec=sender)
        mail["To"] = Address(addr_spec=self.address)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Kaohe-Key"] = key
        mail.set_content(text, charset="utf-8", cte="base64")
        try:
            with _server() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise NotSent(f"收件地址被拒绝：{code} {self._kept(reason)}", lasting=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"邮件服务器答复：{error.smtp_code} {self._kept(error.smtp_error)}") from error
        except ssl.SSLError as error:
            raise NotSent(f"邮件服务器证书或加密连接有误：{error.reason or error}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"邮件服务器连接失败：{type(error).__name__}") from error

    def _kept(self, raw: bytes | str) -> str:
        """Return what the server says without whose mailbox it is: others read it."""
        told = raw if isinstance(raw, str) else raw.decode("utf-8", "replace")
        name = re.escape(self.address.rpartition("@")[0])
        return re.sub(rf"{re.escape(self.address)}|(?<!\w){name}(?!\w)", "…", told, flags=re.IGNORECASE)


@contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    """Connect as the settings say; a password goes over an encrypted connection only (shared/settings.py)."""
    place = urlsplit(settings.smtp)
    host, secure = place.hostname or "", place.scheme
    proof = ssl.create_default_context(cafile=settings.smtp_ca_file or None)
    if secure == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, place.port or 465, timeout=SECONDS, context=proof)
    else:
        server = smtplib.SMTP(host, place.port or 587, timeout=SECONDS)
    with server:
        if secure == "smtp+starttls":
            server.starttls(context=proof)
        if place.username:
            password = Path(settings.smtp_password_file).read_text(encoding="utf-8").strip()
            server.login(unquote(place.username), password)
        yield server
