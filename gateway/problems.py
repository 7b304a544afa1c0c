"""Every error leaves as problem+json (RFC 9457): type, title, status, detail, code, zh, en, errors, request_id."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from marshmallow import Schema, fields
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from gateway.current import request_id
from shared.errors import Problem, Unavailable
from shared.jsontext import dumps
from shared.logs import log
from shared.problems import as_problem

# What werkzeug and Flask raise by themselves: status -> code, zh, en.
WORDS = {
    400: ("request.malformed", "请求格式有误", "the request is malformed"),
    404: ("path.unknown", "没有这个地址", "nothing is found at this path"),
    405: ("method.unknown", "该地址不支持此方法", "this path does not take that method"),
    406: ("request.accept", "无法提供所要求的格式", "no such representation"),
    408: ("request.timeout", "请求超时", "the request took too long to arrive"),
    413: ("request.too_large", "请求内容过大", "the request is too large"),
    414: ("path.too_long", "地址过长", "the path is too long"),
    415: ("request.media_type", "不支持的内容类型", "this content type is not supported"),
    416: ("range.unknown", "范围无效", "the range cannot be satisfied"),
    431: ("header.too_large", "请求头过大", "the headers are too large"),
    503: ("gateway.busy", "系统繁忙，请稍后重试", "too much at once; try again in a moment"),
    500: ("error.internal", "系统内部错误，已记录", "an error of ours; it has been logged"),
}


class ProblemSchema(Schema):
    """How the API page describes an error."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "stable, for programs"})
    zh = fields.String(required=True)
    en = fields.String(required=True)
    errors = fields.List(fields.Dict(), required=True, metadata={"description": "field or row of each fault"})
    request_id = fields.String(required=True)


def register(app: Flask) -> None:
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(SQLAlchemyError, _from_database)
    app.register_error_handler(Exception, _from_fault)


def problem_response(problem: Problem) -> Response:
    """Return the document of a problem, headers included: Retry-After where waiting
    helps, WWW-Authenticate where a login does."""
    told = document(problem.status, problem.code, problem.zh, problem.en, problem.errors, request_id())
    response = Response(dumps(told), status=problem.status, content_type="application/problem+json")
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="kaohe"'
    if problem.status in (429, 503):
        response.headers["Retry-After"] = str(getattr(problem, "retry_after", 2))
    return response


def document(
    status: int, code: str, zh: str, en: str, errors: Sequence[Mapping[str, Any]], request: str
) -> dict[str, Any]:
    """Return the members of a problem; ``request``: the id by which it is found in the logs."""
    told = {"type": "about:blank", "title": _title(status), "status": status, "detail": f"{zh} / {en}"}
    return {**told, "code": code, "zh": zh, "en": en, "errors": errors, "request_id": request}


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _from_http(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    status = error.code or 500
    code, zh, en = WORDS.get(status, (f"http.{status}", "请求无法处理", error.name))
    if status == 413 and request.max_content_length:
        megabytes = request.max_content_length // (1024 * 1024)
        zh, en = f"{zh}，上限为 {megabytes} MB", f"{en}, the limit is {megabytes} MB"
    response = problem_response(Problem(code, zh=zh, en=en, status=status))
    _keep_headers(error, response)
    return response


def _keep_headers(error: HTTPException, response: Response) -> None:
    """Allow of 405, Retry-After and the like, which the exception knows."""
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value


def _from_database(error: SQLAlchemyError) -> Response:
    problem = as_problem(error)
    if isinstance(error, PoolTimeout):  # of the gateway's own connections; a service has one for each worker
        problem = Unavailable(
            "database.unavailable", zh="数据库暂时不可用，请稍后重试", en="the database is not available"
        )
    if problem is None:
        return _from_fault(error)
    if problem.status == 503:
        log.warning("database unavailable", error=str(error).splitlines()[0])
    return problem_response(problem)


def _from_fault(error: Exception) -> Response:
    log.error("request failed", path=request.path, method=request.method, exc_info=error)
    code, zh, en = WORDS[500]
    return problem_response(Problem(code, zh=zh, en=en))
