"""``python -m gateway.paper``: a document's JSON on stdin, its PDF on stdout. Printing takes a second: it is a process of its own."""

import sys

from gateway.paper.explanation import explanation_paper
from shared.jsontext import loads

sys.stdout.buffer.write(explanation_paper(loads(sys.stdin.buffer.read())))
