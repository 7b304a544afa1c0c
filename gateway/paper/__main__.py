"""``python -m gateway.paper``: a document's JSON on stdin, its PDF on stdout. Printing takes a second: it is a process of its own."""

import sys

from gateway.paper.explanation import explanation_paper
from gateway.paper.token_sheet import token_sheet
from shared.jsontext import loads

PAPERS = {"tokens": token_sheet}  # by the document's ``paper``; without one it is an explanation

document = loads(sys.stdin.buffer.read())
sys.stdout.buffer.write(PAPERS.get(document.get("paper", ""), explanation_paper)(document))
