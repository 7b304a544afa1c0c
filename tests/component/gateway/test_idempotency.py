from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import update

import gateway.app
from gateway.api.core import Command, Document, blueprint, body_limit, text, uploaded
from gateway.auth.identify import Holders
from gateway.idempotency import LEASE
from gateway.parts import Parts, keep_parts
from gateway.rpc import call
from gateway.storage.tables import answers
from shared.clock import now
from shared.database import open_sessions
from shared.errors import Conflict
from shared.jsontext import dumps
from shared.settings import Settings, settings
from tests.component.gateway.conftest import FakeServices


class Thing(Command):
    name = text(required=True)


things = blueprint("things", "for these tests")


@things.route("/things", methods=["POST"])
@things.arguments(Thing)
@things.response(201, Document)
def make_thing(command):
    return call("things", "make_thing", command)


@things.route("/sheets", methods=["POST"])
@things.response(200, Document)
@body_limit(3)
def take_sheet():
    name, content = uploaded("sheet")
    return call("things", "take_sheet", {"name": name, "size": len(content)})


@pytest.fixture(scope="module")
def app_with_things() -> Flask:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gateway.app, "BLUEPRINTS", (*gateway.app.BLUEPRINTS, things))
        return gateway.app.create_app(
            open_sessions("postgresql+psycopg2://nobody@127.0.0.1:1/none", "gateway"), FakeServices()
        )


@pytest.fixture
def app(app_with_things, sessions, services) -> Flask:
    keep_parts(app_with_things, Parts(sessions, services, Holders(sessions)))
    return app_with_things


@pytest.fixture
def made(services):
    made = []

    def make(body):
        made.append(body["name"])
        return {"result": {"number": len(made), "name": body["name"]}}

    services.answers["things.make_thing"] = make
    return made


def post(client, name="a", key="key-1", **options):
    return client.post("/api/v1/things", json={"name": name}, headers={"Idempotency-Key": key}, **options)


def test_the_same_request_with_its_key_is_done_once_and_answered_twice(staff, made):
    first, second = post(staff), post(staff)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data and second.headers["Idempotency-Replayed"] == "true"
    assert made == ["a"]


def test_an_answer_is_kept_although_nothing_could_be_hinted_at(staff, made, sessions):
    with sessions.begin_single() as connection:
        connection.exec_driver_sql("ALTER TABLE gateway.hints RENAME TO away")
    first, second = post(staff), post(staff)
    assert (first.status_code, second.headers["Idempotency-Replayed"]) == (201, "true")
    assert made == ["a"]


def test_without_a_key_it_is_done_twice(staff, made):
    for _ in range(2):
        staff.post("/api/v1/things", json={"name": "a"})
    assert made == ["a", "a"]


def test_the_key_with_another_body_is_refused(staff, made):
    post(staff)
    other = post(staff, name="b")
    assert (other.status_code, other.json["code"]) == (422, "idempotency.other")
    assert made == ["a"]


def test_what_is_kept_of_a_request_cannot_be_guessed_without_the_installations_secret(staff, made):
    """A password in it would else be as good as its hash."""
    assert [post(staff).status_code for _ in range(2)] == [201, 201]
    before = settings.secret
    settings.use(Settings.read({"KAOHE_SECRET": "another secret of the tests, as long as it has to be"}))
    try:
        assert post(staff).json["code"] == "idempotency.other"
    finally:
        settings.use(Settings.read({"KAOHE_SECRET": before}))


def test_a_key_belongs_to_its_account(staff, office, made):
    assert post(staff).json["number"] == 1
    assert post(office).json["number"] == 2


def test_a_refusal_is_not_kept(staff, services, made):
    answer = services.answers["things.make_thing"]

    def refuse(_):
        problem = Conflict("thing.no", zh="不行", en="no")
        return {"error": {"exc_type": "Problem", "exc_args": [dumps(problem.to_json())]}}

    services.answers["things.make_thing"] = refuse
    assert post(staff).status_code == 409
    services.answers["things.make_thing"] = answer
    assert post(staff).status_code == 201


def test_a_second_request_while_the_first_runs_is_a_conflict(app, log_in, staff, services):
    started, finish = Event(), Event()

    def slow(_):
        started.set()
        finish.wait(60)
        return {"result": {"number": 1}}

    services.answers["things.make_thing"] = slow
    twin = log_in("staff")
    with ThreadPoolExecutor() as pool:
        first = pool.submit(post, staff)
        assert started.wait(60)
        second = post(twin)
        finish.set()
        assert first.result().status_code == 201
    assert (second.status_code, second.json["code"]) == (409, "idempotency.running")
    assert post(twin).headers["Idempotency-Replayed"] == "true"


def test_a_key_whose_process_died_is_free_again_after_its_lease(staff, made, sessions):
    post(staff)
    with sessions.engine.begin() as connection:
        connection.execute(update(answers).values(status=None, created_at=now() - LEASE / 2))
    assert post(staff).status_code == 409
    with sessions.engine.begin() as connection:
        connection.execute(update(answers).values(created_at=now() - 2 * LEASE))
    assert post(staff).status_code == 201


def test_an_answer_is_kept_for_a_day(staff, made, sessions):
    post(staff)
    with sessions.engine.begin() as connection:
        connection.execute(update(answers).values(created_at=now() - timedelta(hours=25)))
    assert post(staff).json["number"] == 2


def test_an_answer_with_a_secret_is_not_kept_and_not_done_twice(staff, sessions):
    def issue():
        return staff.post("/api/v1/tokens", json={"name": "t"}, headers={"Idempotency-Key": "k"})

    secret = issue().json["secret"]
    again = issue()
    assert (again.status_code, again.json["code"]) == (409, "idempotency.shown_once")
    assert len(staff.get("/api/v1/tokens").json["items"]) == 1
    with sessions.engine.connect() as connection:
        assert secret not in str(connection.exec_driver_sql("SELECT * FROM gateway.answers").all())


@pytest.mark.parametrize("key", ["", "x" * 201, "é"])
def test_a_key_that_is_none_is_refused(staff, key):
    assert post(staff, key=key).json["code"] == "idempotency.key"


def test_the_service_learns_the_key(staff, services, made):
    post(staff, key="key-9")
    assert services.calls[-1][1]["headers"]["nameko.idempotency_key"] == "key-9"


def upload(client, content, field="sheet", boundary="b1", **headers):
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="a.csv"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/api/v1/sheets", data=body, content_type=kind, headers=headers)


@pytest.fixture
def sheets(services):
    services.answers["things.take_sheet"] = lambda body: {"result": body}


def test_an_upload_repeated_with_another_boundary_is_the_same_request(staff, services, sheets):
    key = {"Idempotency-Key": "s"}
    assert upload(staff, b"1,2", **key).json == {"name": "a.csv", "size": 3}
    assert upload(staff, b"1,2", boundary="b2", **key).headers["Idempotency-Replayed"] == "true"
    assert upload(staff, b"1,3", **key).status_code == 422
    assert len(services.calls) == 1


def test_an_upload_with_two_parts_of_one_name_is_told_apart(staff, services, sheets):
    part = '--b1\r\nContent-Disposition: form-data; name="sheet"; filename="a.csv"\r\n\r\n{}\r\n'
    body = (part.format("1,2") + part.format("3,4") + "--b1--\r\n").encode()
    kind = {"content_type": "multipart/form-data; boundary=b1", "headers": {"Idempotency-Key": "two"}}
    assert staff.post("/api/v1/sheets", data=body, **kind).status_code == 200
    assert staff.post("/api/v1/sheets", data=body, **kind).headers["Idempotency-Replayed"] == "true"
    assert staff.post("/api/v1/sheets", data=body.replace(b"3,4", b"3,5"), **kind).status_code == 422


def test_an_upload_has_its_own_limit(staff, sheets):
    assert upload(staff, b"x" * 2_900_000).status_code == 200
    big = upload(staff, b"x" * 3_200_000)
    assert big.status_code == 413
    assert "3 MB" in big.json["en"]


def test_an_upload_without_its_part_or_of_another_type_is_told(staff, sheets):
    assert upload(staff, b"x", field="other").json["errors"][0]["code"] == "field.required"
    assert staff.post("/api/v1/sheets", json={}).status_code == 415
