"""A simulated year is a test of the document only if an answer that the document does not describe ends it."""

import pytest
import requests

from ops.client import Api
from tests.support import truthful_kaohe
from tests.support.truth import NotTrue, Truth

SCHEMA = {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]}
ANSWER = {"200": {"content": {"application/json": {"schema": SCHEMA}}}}
DOCUMENT = {"components": {"schemas": {}}, "paths": {"/api/v1/units/{code}": {"get": {"responses": ANSWER}}}}


def answered(monkeypatch: pytest.MonkeyPatch, body: bytes, status: int = 200) -> None:
    response = requests.Response()
    response.status_code, response._content = status, body
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    api = Api("http://nowhere")
    monkeypatch.setitem(truthful_kaohe._documents, api._base, Truth(DOCUMENT))
    monkeypatch.setattr(truthful_kaohe, "_try", lambda *_, **__: response)
    assert truthful_kaohe._tried(api, "GET", "units/U1", {}, repeated=False) is response


def test_an_answer_as_described_is_handed_on(monkeypatch):
    answered(monkeypatch, b'{"code": "U1"}')


@pytest.mark.parametrize("body", [b'{"code": null}', b"{}", b'{"code": "U1", "secret": 1}'])
def test_a_wrong_null_a_missing_and_an_undeclared_member_end_the_year(monkeypatch, body):
    with pytest.raises(NotTrue):
        answered(monkeypatch, body)


def test_a_status_that_is_not_described_ends_it_too(monkeypatch):
    with pytest.raises(NotTrue):
        answered(monkeypatch, b'{"code": "U1"}', status=201)
