"""What the tests of channels ask for, again and again."""

from typing import Any

from sqlalchemy import text

from tests.support.receivers import MailServer

SECRET = "a secret of sixteen and more"
LINK = "/declare?declaration=D1"


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
