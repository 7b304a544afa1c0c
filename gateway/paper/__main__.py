"""``python -m gateway.paper KIND``: a document's JSON on stdin, its file on stdout. Printing takes a second: it is a process of its own.

Of a table (KIND xlsx or parquet) the head and each row are a line of JSON.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from shared.jsontext import loads

# Each kind imports only what draws it.
KINDS = {
    "explanation": ("gateway.paper.explanation", "explanation_paper"),
    "explanation-page": ("gateway.paper.explanation_page", "explanation_page"),
    "tokens": ("gateway.paper.token_sheet", "token_sheet"),
    "feedback": ("gateway.paper.feedback", "feedback_paper"),
    "commendations": ("gateway.paper.commendations", "commendations_paper"),
    "attendance": ("gateway.paper.attendance", "attendance_paper"),
    "report": ("gateway.paper.report_pdf", "report_pdf"),
    "report-docx": ("gateway.paper.report_docx", "report_docx"),
    "case-report": ("gateway.paper.case_reports", "case_report_pdf"),
    "bulletin": ("gateway.paper.case_reports", "bulletin_pdf"),
    "bulletin-docx": ("gateway.paper.case_reports", "bulletin_docx"),
    "form": ("gateway.paper.form", "form_paper"),
    "form-docx": ("gateway.paper.word", "form_document"),
    "case-paper": ("gateway.paper.case_paper", "case_paper"),
    "case-paper-docx": ("gateway.paper.case_paper_docx", "case_paper_docx"),
    "case-pack": ("gateway.paper.case_pack", "case_pack"),
    "form-xlsx": ("gateway.forms.workbook", "form_workbook"),
    "form-rows": ("gateway.forms.reading", "rows_json"),
}

TABLES = ("xlsx", "parquet")


def maker(kind: str) -> Callable[[Any], bytes]:
    module, name = KINDS[kind]
    made: Callable[[Any], bytes] = getattr(import_module(module), name)
    return made


def main(kind: str) -> None:
    if kind in TABLES:
        from gateway.paper.tables import write_table

        write_table(kind, sys.stdin.buffer, sys.stdout.buffer)
    else:
        sys.stdout.buffer.write(maker(kind)(loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main(sys.argv[1])
