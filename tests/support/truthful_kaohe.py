"""`kaohe` whose client holds every successful answer against the document that the same system serves: a year that is
simulated with it fails at the first answer that is not as described."""

from collections.abc import Mapping
from typing import Any

import requests

from ops.cli import main
from ops.client import Api
from shared.jsontext import loads
from tests.support.truth import Truth

DOCUMENT = "openapi.json"
_documents: dict[str, Truth] = {}  # by address
_try = Api._try


def _tried(api: Api, method: str, path: str, request: Mapping[str, Any], *, repeated: bool) -> requests.Response | str:
    answer = _try(api, method, path, request, repeated=repeated)
    if isinstance(answer, requests.Response) and _is_json(answer) and path != DOCUMENT:
        asked = "/api/v1/" + path.lstrip("/").partition("?")[0]
        _truth(api).check(method, asked, answer.status_code, loads(answer.content))
    return answer


def _is_json(answer: requests.Response) -> bool:
    return answer.headers.get("Content-Type", "").startswith("application/json")


def _truth(api: Api) -> Truth:
    if api._base not in _documents:
        _documents[api._base] = Truth(api.get(DOCUMENT))
    return _documents[api._base]


if __name__ == "__main__":
    Api._try = _tried  # type: ignore[assignment,method-assign]
    main()
