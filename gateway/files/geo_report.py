"""What is told by members and lists as XML, in the form of Open311 GeoReport v2."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET  # writes here, and reads nothing

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML may hold


def in_xml(told: Mapping[str, Any] | Sequence[Any], root: str, names: Mapping[str, str]) -> bytes:
    """Return ``told`` as a document. ``names``: list → what each of its entries is called."""
    document: bytes = ET.tostring(_element(root, told, names), encoding="utf-8", xml_declaration=True)
    return document


def _element(name: str, told: Any, names: Mapping[str, str]) -> ET.Element:
    element = ET.Element(name)
    if isinstance(told, Mapping):
        element.extend(_element(member, value, names) for member, value in told.items())
    elif isinstance(told, list):
        element.extend(_element(names[name], one, names) for one in told)
    elif isinstance(told, bool):
        element.text = "true" if told else "false"
    elif told is not None:
        element.text = _FORBIDDEN.sub("", str(told))
    return element
