"""Who complained or reported, in what leaves the machine: every message on a real broker, and a backup with what it lists and prints."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pika
import pytest
from kombu import Connection
from sqlalchemy import text

from ops.backup.archives import read_archive
from ops.private.rabbitmq import PrivateRabbitMQ
from services.complaints.usecases import attachments, leads, months
from shared.contracts.complaints import attachments as of_attachments
from shared.contracts.complaints import leads as of_leads
from shared.database import single_statements
from shared.messaging import topology
from shared.messaging.confirming import Publisher
from shared.messaging.relay import send_waiting
from shared.settings import Settings, settings
from tests.component.complaints.conftest import Centre, at
from tests.component.complaints.test_confidential import NAME, PHONE, TEXT, found_in, planted
from tests.component.ops.test_backup import Installation, run

ALL = "all"


def lived(centre: Centre) -> list[str]:
    """A report that was upheld, became a lead and has a file; a fault of staff; a month that is closed."""
    report, complaint = planted(centre)
    centre.step(report, "conclude", "2026-03-04", outcome="filed", why=TEXT)
    centre.step(report, "find_fault", "2026-03-05", subject="P3", grave=True, why=TEXT)
    lead = {"source": "case", "source_code": report, "line": "special_supervision", "unit": "S01", "title": TEXT[:200]}
    centre.do(leads.raise_lead, of_leads.raise_lead.decode({**lead, "text": TEXT, "deadline": "2026-12-31"}))
    about = {"name": f"{NAME}{PHONE}.jpg", "kind": "jpg", "media_type": "image/jpeg", "size": 9, "sha256": "a" * 64}
    put = of_attachments.reserve_attachment.decode({"case": report, "note": f"{NAME}的身份证", **about})
    centre.do(attachments.reserve_attachment, put)
    centre.today.reach(at("2026-04-20"))
    centre.do(months.close_figures, {"month": "2026-03"})
    return [report, complaint]


@pytest.fixture
def every_message(rabbitmq: PrivateRabbitMQ, centre: Centre) -> Iterator[list[tuple[str, str]]]:
    """(routing key, headers and body) of all that the service published, as whoever listens on the broker gets them."""
    lived(centre)
    url = rabbitmq.new_vhost()
    with (
        pika.BlockingConnection(pika.URLParameters(url)) as listening,
        Connection(url, transport_options={"confirm_publish": True}) as connection,
        single_statements(centre.sessions.engine) as statements,
    ):
        topology.declare(connection, owner="complaints")
        channel = listening.channel()
        channel.queue_declare(ALL, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(ALL, topology.EVENTS.name, "#")
        send_waiting(statements, Publisher(connection), "complaints")
        heard = []
        count = channel.queue_declare(ALL, passive=True).method.message_count
        while len(heard) < count:
            method, properties, body = channel.basic_get(ALL, auto_ack=True)
            if method is not None:
                heard.append((method.routing_key, f"{properties.headers} {body.decode()}"))
        yield heard
        assert statements.execute(text("SELECT count(*) FROM complaints.outbox")).scalar_one() == 0


def test_no_message_on_the_broker_tells_a_reporter(every_message: list[tuple[str, str]]) -> None:
    kinds = {key for key, _ in every_message}
    assert {f"complaints.{one}.v1" for one in ("CaseFiguresChanged", "LeadRaised", "VetoProposed")} <= kinds
    assert [(key, found_in(_plain(told))) for key, told in every_message if found_in(_plain(told))] == []


def _plain(told: str) -> str:
    """As a reader has it, whether or not the sender wrote signs as escapes."""
    return f"{told} {json.dumps(told, ensure_ascii=False)} {told.encode().decode('unicode_escape', errors='ignore')}"


@pytest.fixture
def installation(centre: Centre, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Installation]:
    before = settings._settings
    url = centre.sessions.engine.url.render_as_string(hide_password=False)
    lived(centre)
    monkeypatch.setattr("ops.backup.command.database", Installation.database)
    one = Installation(url, tmp_path / "lived")
    settings.use(replace(before or Settings(), var=str(one.folder), database_url=""))
    Installation.used = one
    yield one
    settings.use(before)


def test_a_backup_tells_no_reporter_in_its_bytes_its_list_and_what_it_prints(
    installation: Installation, tmp_path: Path
) -> None:
    public = run("key", tmp_path / "key").output.strip()
    written = run("write", tmp_path / "night.age", "--to", public)
    assert written.exit_code == 0, written.output
    told: dict[str, Any] = read_archive(tmp_path / "night.age", _identity(tmp_path / "key"), _folder(tmp_path))
    refused = run(
        "restore", tmp_path / "night.age", "--key", tmp_path / "key"
    )  # it is not empty: it says what is there
    assert refused.exit_code == 1
    assert "database.dump" in told["members"]
    for said in (written.output, refused.output, json.dumps(told, ensure_ascii=False)):
        assert found_in(said) == []
    sealed = (tmp_path / "night.age").read_bytes()
    assert [one for one in (NAME, PHONE) if one.encode() in sealed] == []


def _identity(file: Path) -> str:
    return next(line for line in file.read_text().split() if line.startswith("AGE-SECRET-KEY-"))


def _folder(parent: Path) -> Path:
    made = parent / "unpacked"
    made.mkdir()
    return made
