"""PDFs as answers: shared by all papers."""

from typing import Any

from flask import Response

from gateway.files.giving import disposition
from gateway.files.names import FileName
from shared.contracts.scoring.scores import number

__all__ = ["PAPER", "number", "pdf"]

# What flask-smorest documents for a PDF.
PAPER: dict[str, Any] = {"type": "string", "format": "binary"}


def pdf(content: bytes, name: FileName) -> Response:
    """Return an answer that browsers show, and save as ``name``."""
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = disposition("inline", name)
    return response
