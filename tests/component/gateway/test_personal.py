from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.storage.personal import drafts
from shared.clock import now


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0001")


@pytest.fixture
def client(log_in, li):
    return log_in("li")


def test_preferences_are_kept_for_the_next_pc(client, log_in):
    assert client.get("/api/v1/preferences").json == {}
    wanted = {"theme": "dark", "density": "dense", "pages": {"verify": {"sort": "indicator"}}}
    assert client.put("/api/v1/preferences", json=wanted).json == wanted
    assert log_in("li").get("/api/v1/preferences").json == wanted


def test_preferences_of_another_kind_are_refused(client):
    assert client.put("/api/v1/preferences", json={"theme": "pink"}).status_code == 422
    assert client.put("/api/v1/preferences", json={"pages": {"x": "y" * 20_000}}).status_code == 413


def test_a_draft_comes_back_as_it_was_and_goes_when_it_is_sent(client):
    body = {"rows": {"02-01-01": {"done": "3", "remark": "半张台账"}}}
    assert client.put("/api/v1/drafts/declare:2026:P0001", json={"body": body}).status_code == 200
    assert client.get("/api/v1/drafts/declare:2026:P0001").json["body"] == body
    assert [one["key"] for one in client.get("/api/v1/drafts").json["items"]] == ["declare:2026:P0001"]
    assert client.delete("/api/v1/drafts/declare:2026:P0001").status_code == 204
    assert client.get("/api/v1/drafts/declare:2026:P0001").json["code"] == "draft.unknown"


def test_nobody_reads_anothers_draft(client, log_in, open_account):
    client.put("/api/v1/drafts/mine", json={"body": {"a": "1"}})
    open_account("wang", "admin:installation", bureau="")
    other = log_in("wang")
    assert other.get("/api/v1/drafts/mine").status_code == 404
    other.delete("/api/v1/drafts/mine")
    assert client.get("/api/v1/drafts/mine").json["body"] == {"a": "1"}


def test_what_is_confidential_or_too_large_is_no_draft(client):
    secret = client.put("/api/v1/drafts/case", json={"body": {"confidential": True, "summary": "举报"}})
    assert (secret.status_code, secret.json["code"]) == (422, "draft.confidential")
    assert client.put("/api/v1/drafts/case", json={"body": {"a": "x" * 70_000}}).status_code == 413
    assert client.put("/api/v1/drafts/a b", json={"body": {}}).json["code"] == "draft.key"
    assert client.get("/api/v1/drafts").json["items"] == []


def test_what_has_lain_for_two_months_goes_with_the_next_draft(client, sessions):
    client.put("/api/v1/drafts/old", json={"body": {}})
    with sessions.engine.begin() as connection:
        connection.execute(update(drafts).values(changed_at=now() - timedelta(days=61)))
    client.put("/api/v1/drafts/new", json={"body": {}})
    assert [one["key"] for one in client.get("/api/v1/drafts").json["items"]] == ["new"]
