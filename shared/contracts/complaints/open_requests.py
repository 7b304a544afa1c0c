"""Open311 GeoReport v2, read only: what may be public of cases, by the names of the standard."""

from collections.abc import Iterable

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, instant, listing, text, whole, word
from shared.vocabulary.open_requests import FORMS, MOST, SERVICES, STATUSES

_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def _several(choices: Iterable[str], description: str) -> fields.String:
    """Return the field for one or several of ``choices``, parted by commas."""
    one = f"({'|'.join(choices)})"
    told = {"description": f"{description}; several are parted by commas"}
    return fields.String(load_default=None, validate=Regexp(rf"\A{one}(,{one}){{0,49}}\Z"), metadata=told)


class PublicQuery(Command):
    form = word(FORMS, required=True)
    jurisdiction_id = text(20, "the bureau; needed of who asks without logging in", load_default=None)


class OneServiceQuery(PublicQuery):
    service_code = word(SERVICES, required=True)


class RequestsQuery(PublicQuery):
    service_request_id = _several([_UUID], "these alone, whatever else is asked for")
    service_code = _several(SERVICES, "of these services")
    status = _several(STATUSES, "in these states")
    start_date = instant("received then or later; 90 days before the end where absent", load_default=None)
    end_date = instant("received then or before; now, or 90 days after the start, where absent", load_default=None)
    page = whole(1, 1000, "of the pages the latest first", load_default=1)
    page_size = whole(1, MOST, load_default=MOST)


class OneRequestQuery(PublicQuery):
    service_request_id = fields.UUID(required=True)


class ServiceItem(Document):
    service_code = word(SERVICES, required=True)
    service_name = fields.String(required=True)
    description = fields.String(required=True)
    metadata = fields.Boolean(required=True)
    type = word(("batch",), required=True)
    keywords = fields.String(required=True)
    group = fields.String(required=True)


class AttributeValue(Document):
    key = fields.String(required=True)
    name = fields.String(required=True)


class ServiceAttribute(Document):
    variable = fields.Boolean(required=True)
    code = fields.String(required=True)
    datatype = word(("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"), required=True)
    required = fields.Boolean(required=True)
    datatype_description = fields.String(required=True)
    order = fields.Integer(required=True)
    description = fields.String(required=True)
    values = listing(AttributeValue)


class ServiceDefinition(Document):
    service_code = word(SERVICES, required=True)
    attributes = listing(ServiceAttribute)


class RequestItem(Document):
    """What may be public of a case: never who, never a text, days instead of moments, the trader's only once published."""

    service_request_id = fields.String(required=True)
    status = word(STATUSES, required=True)
    status_notes = fields.String(required=True, metadata={"description": "the result, once it is published"})
    service_name = fields.String(required=True)
    service_code = word(SERVICES, required=True)
    description = fields.String(required=True, metadata={"description": "goods or service, once published"})
    agency_responsible = fields.String(required=True)
    service_notice = fields.String(required=True)
    requested_datetime = fields.AwareDateTime(required=True, metadata={"description": "the day, as it begins"})
    updated_datetime = fields.AwareDateTime(required=True, metadata={"description": "the day, as it begins"})
    expected_datetime = fields.AwareDateTime(required=True, allow_none=True)
    address = fields.String(required=True, metadata={"description": "the trader's, once published"})
    address_id = fields.String(required=True, allow_none=True)
    zipcode = fields.String(required=True, allow_none=True)
    lat = fields.String(required=True, allow_none=True)
    long = fields.String(required=True, allow_none=True)
    media_url = fields.String(required=True, allow_none=True)


class Endpoint(Document):
    specification = fields.String(required=True)
    url = fields.String(required=True)
    changeset = fields.String(required=True)
    type = fields.String(required=True)
    formats = listing(fields.String())


class Discovery(Document):
    changeset = fields.String(required=True)
    contact = fields.String(required=True)
    key_service = fields.String(required=True)
    endpoints = listing(Endpoint)


open_requests = Family("complaints", "open_requests", "公开查询 Open311 GeoReport v2, read only: what may be public")

discover = open_requests.get(
    "/open311/discovery.<form>",
    "show_services",
    PublicQuery,
    None,
    may="may_read_openly",
    name="discover",
    mounted=False,
)("服务发现 where the standard's resources are and in which formats")
list_services = open_requests.get(
    "/open311/v2/services.<form>", "show_services", PublicQuery, None, may="may_read_openly", mounted=False
)("公开服务列表 services of the standard: complaints, enquiries, suggestions")
show_service = open_requests.get(
    "/open311/v2/services/<service_code>.<form>",
    "show_service",
    OneServiceQuery,
    None,
    may="may_read_openly",
    mounted=False,
)("公开服务定义 what a service asks for")
list_requests = open_requests.get(
    "/open311/v2/requests.<form>", "list_requests", RequestsQuery, None, may="may_read_openly", mounted=False
)("公开事项列表 cases as far as they may be public, the latest first")
show_request = open_requests.get(
    "/open311/v2/requests/<service_request_id>.<form>",
    "show_request",
    OneRequestQuery,
    None,
    may="may_read_openly",
    mounted=False,
)("公开事项 one case as far as it may be public")
