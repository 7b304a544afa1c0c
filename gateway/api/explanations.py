"""How a score came about: with the evidence that others keep, and on paper."""

from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.score_documents import PAPER, pdf
from gateway.evidence import with_evidence
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.contracts.scoring import explanations as contract

explanations = mounted(contract.explanations)


@view(explanations, contract.explain_score)
def explain_score(query: dict[str, Any], run: UUID, subject: str) -> dict[str, Any]:
    tree = ask(contract.explain_score, {"run": run, "subject": subject})
    return with_evidence(tree) if query["evidence"] else tree


@view(explanations, contract.print_score, PAPER, content_type="application/pdf")
def print_score(query: dict[str, Any], run: UUID, subject: str) -> Response:
    return _paper(ask(contract.explain_score, {"run": run, "subject": subject}), subject, short=query["short"])


@view(explanations, contract.explain_standing)
def explain_standing(query: dict[str, Any], subject: str) -> dict[str, Any]:
    tree = ask(contract.explain_standing, {"cycle": query["cycle"], "subject": subject})
    return with_evidence(tree) if query["evidence"] else tree


@view(explanations, contract.print_standing, PAPER, content_type="application/pdf")
def print_standing(query: dict[str, Any], subject: str) -> Response:
    tree = ask(contract.explain_standing, {"cycle": query["cycle"], "subject": subject})
    return _paper({**tree, "cycle": query["cycle"]}, subject, short=query["short"])


def _paper(tree: dict[str, Any], subject: str, *, short: bool) -> Response:
    codes, who = (tree["cycle"], subject), tree.get("name") or ""
    if short:
        return pdf(printed(tree, "explanation-page"), FileName("得分说明", "summary", codes, who=who))
    return pdf(printed(with_evidence(tree)), FileName("得分说明书", "explanation", codes, who=who))
