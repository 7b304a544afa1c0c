"""文书: numbered and archived by the service, set here, sealed in the store, and given out as they were made."""

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.core import FILE, gives
from gateway.current import current_actor
from gateway.files.case_files import case_files, paper_key
from gateway.files.giving import attachment
from gateway.files.kinds import KINDS
from gateway.files.names import FileName
from gateway.mounting import mounted, taken, view
from gateway.paper.printing import printed
from gateway.rpc import RemoteFault, ask, call
from shared.actor import system
from shared.contracts.complaints import papers as contract
from shared.errors import Problem
from shared.logs import log
from shared.vocabulary.case_papers import PAPER_FORMATS, PAPERS

papers = mounted(contract.papers)
_MADE_BY = {"pdf": "case-paper", "docx": "case-paper-docx"}


@view(papers, contract.make_paper)
def make_paper(body: dict[str, Any], case: UUID) -> dict[str, Any]:
    """First the number and what the paper says, committed; then its files. Without them it is 制作中 until it is opened: an error
    would have the clerk make it again, under a second number."""
    made = ask(contract.make_paper, taken(contract.make_paper, body, {"case": str(case)}))
    shown: dict[str, Any] = made["shown"]
    try:
        shown = keep_files(made)["shown"]
    except (Problem, RemoteFault, OSError) as error:
        log.error("a paper is numbered, its files are not made yet", paper=shown["paper"], exc_info=error)
    return shown


@view(papers, contract.open_paper, FILE, content_type="application/pdf")
@gives(KINDS["docx"].media_type)
def open_paper(query: dict[str, Any], case: UUID, paper: UUID) -> Response:
    """打开文书 the archived file, byte by byte as it was made"""
    asked = {**query, "case": str(case), "paper": str(paper)}
    found = ask(contract.open_paper, asked)
    if found["content"] is not None:
        keep_files(found)
        found = ask(contract.open_paper, asked)
    shown, form = found["shown"], query["format"]
    sha256 = shown[f"{form}_sha256"]
    content = case_files().whole(key_of(shown["paper"], form, sha256), found[f"{form}_size"], sha256)
    name = FileName(PAPERS[shown["kind"]], "paper", (shown["text"],), form)
    return attachment(content, name, KINDS[form].media_type, tag=sha256)


def key_of(paper: str, form: str, sha256: str) -> str:
    return paper_key(current_actor().bureau, paper, sha256, form)


def keep_files(made: dict[str, Any]) -> dict[str, Any]:
    """Make the files, store them, then note them: what is noted is durable. Of two who make them the first one's stand."""
    files = {form: printed(made["content"], _MADE_BY[form]) for form in PAPER_FORMATS}
    noted = {f"{form}_sha256": hashlib.sha256(content).hexdigest() for form, content in files.items()}
    sizes = {f"{form}_size": len(content) for form, content in files.items()}
    paper = made["shown"]["paper"]
    for form, content in files.items():
        case_files().put(key_of(paper, form, noted[f"{form}_sha256"]), BytesIO(content))
    return call("complaints", "keep_paper", {"paper": paper, **noted, **sizes}, actor=system(current_actor().bureau))
