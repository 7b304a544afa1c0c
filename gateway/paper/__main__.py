"""``python -m gateway.paper KIND``: a document's JSON on stdin, its file on stdout. Printing takes a second: it is a process of its own."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from shared.jsontext import loads

# Each kind imports only what draws it.
KINDS = {
    "explanation": ("gateway.paper.explanation", "explanation_paper"),
    "tokens": ("gateway.paper.token_sheet", "token_sheet"),
    "feedback": ("gateway.paper.feedback", "feedback_paper"),
    "commendations": ("gateway.paper.commendations", "commendations_paper"),
    "report": ("gateway.paper.report_pdf", "report_pdf"),
    "report-docx": ("gateway.paper.report_docx", "report_docx"),
    "table-xlsx": ("gateway.paper.tables", "xlsx_file"),
    "table-parquet": ("gateway.paper.tables", "parquet_file"),
    "form": ("gateway.paper.form", "form_paper"),
    "form-docx": ("gateway.paper.word", "form_document"),
    "form-xlsx": ("gateway.forms.workbook", "form_workbook"),
    "form-rows": ("gateway.forms.reading", "rows_json"),
}


def maker(kind: str) -> Callable[[Any], bytes]:
    module, name = KINDS[kind]
    made: Callable[[Any], bytes] = getattr(import_module(module), name)
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(maker(sys.argv[1])(loads(sys.stdin.buffer.read())))
