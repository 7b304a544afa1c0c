"""Operations: what may be asked of a service, each in one line.

cases = Family("complaints", "cases", "投诉举报 complaints, reports and their figures")

register_cases = cases.post(
    "/cases", "register_cases", NewCases, CaseStatuses, "登记投诉举报 …", may="may_register", status=201
)
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from marshmallow import Schema, fields

from shared.contracts.shapes import Command, Document, Empty

Answer = type[Document] | None
Precondition = Literal["required", "optional"]
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


@dataclass(frozen=True, eq=False, kw_only=True)
class Operation:
    """What may be asked of ``service`` by its rpc method ``rpc``, and where HTTP asks for it.

    ``may``: the permission, by its name in the service's permissions; "anyone" for what every account may ask, "operator" for
    what only the system or an administrator asks.
    ``path``: below /api/v1; empty where no HTTP request leads here alone.
    ``name``: what it is called where several share an rpc method.
    ``mounted``: whether the gateway's view only passes on; else it is written out in gateway/api.
    ``fixed``: members of the request that the path stands for. ``filled``: members that the gateway puts in itself.
    ``if_match``: the request's ``revision`` comes from If-Match. ``etag``: the answer's ``revision`` goes out as its ETag.
    ``asked_again``: the answer rarely changes and goes out with an ETag, by which it is asked for again (304).
    ``reads``: it changes nothing, so it may be sent again where the connection broke.
    ``uploads``: files come in the body, so that the request's other members stand in the query.
    ``looks``: the rule by whose grant it tells what is confidential: then the look itself is on the trail.
    ``seconds``: how long the gateway waits, where that is not the usual time.
    """

    service: str
    rpc: str
    request: type[Command]
    may: str
    answer: type[Document] | None = None
    summary: str = ""
    name: str = ""
    method: str = ""
    path: str = ""
    status: int = 200
    mounted: bool = True
    fixed: Mapping[str, Any] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    if_match: Precondition | None = None
    etag: bool = False
    reads: bool = False
    asked_again: bool = False
    uploads: bool = False
    looks: str = ""
    seconds: int | None = None

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Return the names in the path, which are members of the request."""
        return tuple(_PARAMETER.findall(self.path))

    @cached_property
    def inside(self) -> frozenset[str]:
        """Return the members of the request that stand neither in the query nor in the body."""
        revision = {"revision"} if self.if_match else set()
        return frozenset({*self.parameters, *self.fixed, *self.filled, *revision})

    @cached_property
    def batch(self) -> str:
        """Return the name of the request's one list of entries, to which a refusal's row belongs; empty without one."""
        lists = [
            name
            for name, one in self._schema.fields.items()
            if isinstance(one, fields.List) and name not in self.filled
        ]
        return lists[0] if len(lists) == 1 else ""

    def decode(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the command in ``body``; raises ``marshmallow.ValidationError``
        naming every member that does not fit."""
        command: dict[str, Any] = self._schema.load(body)
        return command

    @cached_property
    def _schema(self) -> Schema:
        return self.request()


Named = Callable[[str], Operation]


@dataclass(frozen=True, eq=False)
class Family:
    """Operations on one kind of thing: a tag of the API, a file of the contracts."""

    service: str
    name: str
    description: str
    operations: list[Operation] = field(default_factory=list)

    def get(self, path: str, rpc: str, request: type[Command], answer: Answer, **more: Any) -> Named:
        """Declare what is read; the request stands in the query."""
        return self._declare("GET", path, rpc, request, answer, {"reads": True, **more})

    def post(self, path: str, rpc: str, request: type[Command], answer: Answer, **more: Any) -> Named:
        """Declare what is done; the request stands in the body."""
        return self._declare("POST", path, rpc, request, answer, more)

    def put(self, path: str, rpc: str, request: type[Command], answer: Answer, **more: Any) -> Named:
        """Declare what is set whole."""
        return self._declare("PUT", path, rpc, request, answer, more)

    def patch(self, path: str, rpc: str, request: type[Command], answer: Answer, **more: Any) -> Named:
        """Declare what is changed of something that was read before: needs If-Match and tells the new ETag."""
        return self._declare("PATCH", path, rpc, request, answer, {"if_match": "required", "etag": True, **more})

    def delete(self, path: str, rpc: str, request: type[Command], answer: Answer, **more: Any) -> Named:
        """Declare what is taken away."""
        return self._declare("DELETE", path, rpc, request, answer, more)

    def internal(self, rpc: str, request: type[Command] = Empty, **more: Any) -> Operation:
        """Declare what no HTTP request leads to alone: the gateway, its devices or the operator ask for it."""
        return self._declare("", "", rpc, request, None, {"mounted": False, **more})("")

    def _declare(
        self, method: str, path: str, rpc: str, request: type[Command], answer: Answer, more: dict[str, Any]
    ) -> Named:
        """Return what declares the operation once it is told its summary: an operation reads in two or three lines."""

        def named(summary: str) -> Operation:
            operation = Operation(
                service=self.service,
                rpc=rpc,
                request=request,
                answer=answer,
                summary=summary,
                method=method,
                path=path,
                **more,
            )
            self.operations.append(operation)
            return operation

        return named
