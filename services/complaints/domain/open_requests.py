"""What may be public of a case, by the names of Open311 GeoReport v2: days instead of moments, the trader's only once published."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.complaints.domain.cases import day_of, start_of
from services.complaints.domain.masking import masked
from shared.vocabulary.complaints import OPEN_STATES, OUTCOMES
from shared.vocabulary.open_requests import ATTRIBUTES, DESCRIPTIONS, SERVICES

Told = dict[str, Any]
_UNKNOWN = ("address_id", "zipcode", "lat", "long", "media_url")


def services() -> list[Told]:
    return [
        {
            "service_code": code,
            "service_name": name,
            "description": DESCRIPTIONS[code],
            "metadata": True,
            "type": "batch",
            "keywords": f"12315,{name}",
            "group": "12315",
        }
        for code, name in SERVICES.items()
    ]


def definition(code: str) -> Told:
    attributes = [
        {
            "variable": True,
            "code": one.code,
            "datatype": one.kind,
            "required": one.required,
            "datatype_description": "",
            "order": order,
            "description": one.zh,
            "values": [],
        }
        for order, one in enumerate(ATTRIBUTES[code], start=1)
    ]
    return {"service_code": code, "attributes": attributes}


def request_of(row: Mapping[str, Any], unit_name: str) -> Told:
    """Return what the public is told of a case; ``unit_name``: who has it."""
    published, open_still = row["published_at"] is not None, row["status"] in OPEN_STATES
    moments = [row[name] for name in ("received_at", "decided_at", "concluded_at", "published_at") if row[name]]
    return {
        "service_request_id": row["code"],
        "status": "open" if open_still else "closed",
        "status_notes": OUTCOMES.get(row["outcome"], "") if published else "",
        "service_name": SERVICES[row["kind"]],
        "service_code": row["kind"],
        "description": masked(row["goods"]) if published else "",
        "agency_responsible": unit_name,
        "service_notice": "",
        "requested_datetime": _day(row["received_at"]),
        "updated_datetime": _day(max(moments)),
        "expected_datetime": _beginning(row["due"]) if open_still and row["due"] else None,
        "address": masked(row["trader_address"]) if published else "",
        **dict.fromkeys(_UNKNOWN),
    }


def _day(moment: datetime) -> str:
    """A moment would tell who was there then."""
    return _beginning(day_of(moment))


def _beginning(day: date) -> str:
    return start_of(day).isoformat()
