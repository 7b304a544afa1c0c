"""Bad input gets a clear answer and changes nothing (law 11)."""

import re

import pytest
from sqlalchemy.exc import IntegrityError

from gateway.multiplexing import NoReply, Unreachable, Unroutable
from shared.database import open_sessions

MEMBERS = {"type", "title", "status", "detail", "code", "zh", "en", "errors", "request_id"}
LOGIN = "/api/v1/sessions"
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def client(app):
    return app.test_client()


def problem(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"
    assert set(answer.json) == MEMBERS
    assert answer.json["status"] == status
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    return answer


def test_an_unknown_path_and_method_are_problems(client):
    problem(client.get("/api/nothing/here"), 404, "path.unknown")
    wrong = problem(client.put(LOGIN, json={}), 405, "method.unknown")
    assert "POST" in wrong.headers["Allow"]


def test_everything_under_the_api_needs_a_login(app, client):
    open_to_all = {
        "sessions.create_session",
        "demonstration.list_demo_accounts",  # nobody's wherever this is no demo on the asker's machine
        "demonstration.enter_demo",
        *("oidc.get_provider", "oidc.leave_for_provider"),  # the way to the organisation's own log-in
        *(
            "oidc.come_back",
            "oidc.open_vouched_session",
        ),  # and back: whom the provider vouches for, before this browser
        "recipients.cast_with_token",  # the one-time token is the right to vote
        "recipients.read_questionnaire",
        "api-docs.openapi_json",
        "documents.page",
        "documents.asset",
    }
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/") or rule.endpoint in open_to_all:
            continue
        path = re.sub(r"<any\((\w+),[^)]*\):\w+>", r"\1", re.sub(r"<uuid:\w+>", NOBODY, rule.rule))
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<(string:|path:)?\w+>", "x", path))
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = problem(client.open(path, method=method), 401, "login.required")
            assert "WWW-Authenticate" in answer.headers


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "request.json"),
        (b"\xff\xfe", "request.json"),
        (b'{"account":NaN}', "request.number"),
        (b'{"account":1e999999999}', "request.number"),
        (b'{"account":' + b"9" * 5000 + b"}", "request.number"),
        (b'{"account":9007199254740993}', "request.number"),
        (b"[" * 100_000, "request.json"),
        (b"[" * 30 + b"1" + b"]" * 30, "request.depth"),
        (b'{"account":"\\u0000"}', "request.characters"),
        (b'{"account":"\\ud800"}', "request.characters"),
        (b'{"\\u0000":1}', "request.characters"),
        (b'{"account":"a","account":"b"}', "request.duplicate"),
    ],
)
def test_json_that_could_trouble_anything_further_in_is_refused(client, body, code):
    problem(client.post(LOGIN, data=body, content_type="application/json"), 400, code)


@pytest.mark.parametrize("body", [b"1", b'"text"', b"[]", b"null", b"{}", b'{"account":1,"password":[]}', b""])
def test_json_of_another_shape_is_refused_field_by_field(client, body):
    answer = problem(client.post(LOGIN, data=body, content_type="application/json"), 422, "request.invalid")
    assert all({"field", "pointer", "code", "zh", "en"} == set(one) for one in answer.json["errors"])
    assert answer.json["errors"]


def test_an_unknown_field_is_named(client):
    body = {"account": "a", "password": "b", "remember": True}
    assert [one["field"] for one in problem(client.post(LOGIN, json=body), 422, "request.invalid").json["errors"]] == [
        "remember"
    ]


def test_another_content_type_is_refused(client):
    problem(client.post(LOGIN, data="account=a"), 415, "request.media_type")


def test_ten_megabytes_are_refused_with_the_limit(client):
    big = problem(client.post(LOGIN, data=b"x" * 10_000_000, content_type="application/json"), 413, "request.too_large")
    assert "2 MB" in big.json["zh"]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "limit=9" + "9" * 5000, "colour=red"])
def test_a_bad_query_is_refused(office, query):
    assert office.get(f"/api/v1/accounts?{query}").status_code in (400, 422)


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!", "bnVsbA", "WzEsMl0", "W251bGxd", "e30", "WyJcdTAwMDAiXQ", "W3RydWVd", "WzFd", "WyJcdWQ4MDAiXQ", "é"],
)
def test_a_cursor_that_was_not_given_out_is_refused(office, cursor):
    assert office.get("/api/v1/accounts", query_string={"after": cursor}).status_code == 422


def test_nul_bytes_in_path_and_query_are_refused(office):
    problem(office.get("/api/v1/accounts/a%00b"), 400, "request.characters")
    problem(office.get("/api/v1/accounts?bureau=%00"), 400, "request.characters")
    assert office.get("/api/v1/accounts/%ff%fe").status_code == 404


def test_a_request_id_is_kept_or_replaced(client):
    assert (
        client.get("/healthz", headers={"X-Request-Id": "from-a-proxy-1"}).headers["X-Request-Id"] == "from-a-proxy-1"
    )
    assert client.get("/healthz", headers={"X-Request-Id": "<script>"}).headers["X-Request-Id"] != "<script>"


def test_a_fault_of_ours_is_a_500_that_tells_nothing_of_the_inside(app, staff, monkeypatch):
    monkeypatch.setattr("gateway.storage.logins.Logins.tokens_page", lambda *_: 1 / 0)
    answer = problem(staff.get("/api/v1/tokens"), 500, "error.internal")
    assert "division" not in answer.text


def test_without_its_database_the_gateway_is_unavailable_not_broken(services):
    from gateway.app import create_app

    away = open_sessions("postgresql+psycopg2://nobody@127.0.0.1:1/none", "gateway")
    client = create_app(away, services).test_client()
    answer = problem(client.post(LOGIN, json={"account": "a", "password": "b"}), 503, "database.unavailable")
    assert "Retry-After" in answer.headers
    assert [one["field"] for one in problem(client.get("/readyz"), 503, "gateway.not_ready").json["errors"]] == [
        "database"
    ]
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("error", "code"), [(Unroutable, "service.absent"), (Unreachable, "broker.absent"), (NoReply, "service.silent")]
)
def test_a_service_that_cannot_be_reached_is_a_503(app, services, monkeypatch, error, code):
    from gateway.rpc import call
    from shared.actor import system
    from shared.errors import Unavailable

    def fail(_):
        raise error

    services.answers["targets.list_units"] = fail
    with app.test_request_context(), pytest.raises(Unavailable) as raised:
        call("targets", "list_units", {}, actor=system("BJ"))
    assert raised.value.code == code


def test_health_readiness_and_metrics_answer(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}
    assert b"kaohe_http_requests_total" in client.get("/metrics").data
    assert client.get("/metrics", headers={"X-Forwarded-For": "1.2.3.4"}).status_code == 404


def test_the_pages_carry_a_policy_without_inline_scripts(client):
    for path in ("/", "/api/v1/docs"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status_code == 200
        assert "script-src 'self';" in policy
        assert b"<script>" not in answer.data and b"onclick" not in answer.data and b"http" not in answer.data


def test_the_api_page_is_served_from_here(client):
    names = re.findall(r'"(docs/[^"]+)"', client.get("/api/v1/docs").text)
    assert len(names) == 4
    assert {client.get(f"/api/v1/{name}").status_code for name in names} == {200}
    assert client.get("/api/v1/docs/LICENSE").status_code == 404


def test_two_who_put_the_same_at_once_are_told_of_a_conflict(app, client, monkeypatch):
    """What a check read before the other committed is caught by the index: as in a service, no fault of ours."""
    taken = IntegrityError("INSERT", {}, Exception("duplicate key value violates unique constraint"))

    def put(*_):
        raise taken

    monkeypatch.setattr("gateway.api.sessions.log_in", put)
    problem(client.post(LOGIN, json={"account": "a", "password": "b"}), 409, "state.conflict")
