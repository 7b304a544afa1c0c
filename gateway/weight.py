"""How heavy an answer is on the office's network: JSON goes out compressed, and what rarely changes is asked for by its ETag."""

import gzip

from flask import Response, current_app, request

COMPRESSED = 2048  # bytes from which on compressing pays
_LEVEL = 5


def lighten(response: Response) -> Response:
    """Answer 304 where the asker has what would be sent, and compress what is sent."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.is_streamed:
        return response
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "asked_again", False):
        if not response.headers.get("ETag"):
            response.add_etag(weak=True)
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(request)
    return _compressed(response)


def _compressed(response: Response) -> Response:
    if not response.is_json or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    data = response.get_data()
    if (
        len(data) >= COMPRESSED
        and request.accept_encodings.quality("gzip")
        and "Content-Encoding" not in response.headers
    ):
        response.set_data(gzip.compress(data, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
