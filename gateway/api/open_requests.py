"""Open311 GeoReport v2, read only, as JSON and as XML: with a token, or without where the bureau has opened it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, request

from gateway.api.core import PREFIX, anonymously, gives
from gateway.files.geo_report import in_xml
from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.actor import Actor
from shared.contracts.complaints import open_requests as contract
from shared.contracts.operations import Operation
from shared.errors import Unauthenticated
from shared.jsontext import dumps
from shared.vocabulary.open_requests import FORMS

open_requests = mounted(contract.open_requests)
_STANDARD = "http://wiki.open311.org/GeoReport_v2"
_SINCE = "2026-11-30T00:00:00+08:00"  # when these resources last changed
_XML = FORMS["xml"]


@view(open_requests, contract.discover, contract.Discovery)
@gives(_XML)
@anonymously
def discover(query: dict[str, Any], **path: str) -> Response:
    _asked(contract.discover, query, path)
    endpoint = {
        "specification": _STANDARD,
        "url": f"{request.host_url.rstrip('/')}{PREFIX}/open311/v2",
        "changeset": _SINCE,
        "type": "production",
        "formats": list(FORMS.values()),
    }
    told = {"changeset": _SINCE, "contact": "12315", "key_service": "", "endpoints": [endpoint]}
    return _answer(told, path["form"], "discovery", {"endpoints": "endpoint", "formats": "format"})


@view(open_requests, contract.list_services, contract.ServiceItem(many=True))
@gives(_XML)
@anonymously
def list_services(query: dict[str, Any], **path: str) -> Response:
    return _answer(
        _asked(contract.list_services, query, path)["items"], path["form"], "services", {"services": "service"}
    )


@view(open_requests, contract.show_service, contract.ServiceDefinition)
@gives(_XML)
@anonymously
def show_service(query: dict[str, Any], **path: str) -> Response:
    told = _asked(contract.show_service, query, path)
    return _answer(told, path["form"], "service_definition", {"attributes": "attribute", "values": "value"})


@view(open_requests, contract.list_requests, contract.RequestItem(many=True))
@gives(_XML)
@anonymously
def list_requests(query: dict[str, Any], **path: str) -> Response:
    return _requests(_asked(contract.list_requests, query, path), path["form"])


@view(open_requests, contract.show_request, contract.RequestItem(many=True))
@gives(_XML)
@anonymously
def show_request(query: dict[str, Any], **path: str) -> Response:
    return _requests(_asked(contract.show_request, query, path), path["form"])


def _asked(operation: Operation, query: Mapping[str, Any], path: Mapping[str, str]) -> dict[str, Any]:
    """Ask as who has logged in, else as the public of the bureau that is named."""
    asked = {name: value for name, value in {**query, **path}.items() if value is not None}
    if g.actor is not None:
        return ask(operation, asked)
    if not asked.get("jurisdiction_id"):
        raise Unauthenticated("login.required", zh="请先登录，或者指明辖区", en="log in or name the jurisdiction_id")
    public = Actor("public", "公众", asked["jurisdiction_id"], address=request.remote_addr or "")
    return ask(operation, asked, actor=public)


def _requests(told: Mapping[str, Any], form: str) -> Response:
    return _answer(told["items"], form, "service_requests", {"service_requests": "request"})


def _answer(told: Mapping[str, Any] | Sequence[Any], form: str, root: str, names: Mapping[str, str]) -> Response:
    if form == "xml":
        return Response(in_xml(told, root, names), content_type=f"{_XML}; charset=utf-8")
    return Response(dumps(told), content_type=FORMS["json"])
