"""``python -m gateway.paper``: a document's JSON on stdin, the paper on stdout. Printing takes a second: it is a process of its own.

``paper`` in the document tells which; without it the document is an explanation.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from shared.jsontext import loads

# Imported when printed, so that no paper pays for the others' libraries.
PAPERS = {
    "explanation": ("gateway.paper.explanation", "explanation_paper"),
    "feedback": ("gateway.paper.feedback", "feedback_paper"),
    "commendations": ("gateway.paper.commendations", "commendations_paper"),
    "report.pdf": ("gateway.paper.report_pdf", "report_pdf"),
    "table": ("gateway.paper.tables", "table_file"),
    "tokens": ("gateway.paper.token_sheet", "token_sheet"),
    "report.docx": ("gateway.paper.report_docx", "report_docx"),
}


def made(document: dict[str, Any]) -> bytes:
    module, name = PAPERS[document.get("paper", "explanation")]
    maker: Callable[[dict[str, Any]], bytes] = getattr(import_module(module), name)
    return maker(document)


if __name__ == "__main__":
    sys.stdout.buffer.write(made(loads(sys.stdin.buffer.read())))
