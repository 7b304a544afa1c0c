"""What the gateway counts, beside what every process does (shared.metrics)."""

import os

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
REQUESTS = Counter("kaohe_http_requests_total", "answers by endpoint and status", ["endpoint", "method", "status"])
REQUEST_SECONDS = Histogram("kaohe_http_seconds", "time to answer", ["endpoint"], buckets=_BUCKETS)
RPC_SECONDS = Histogram(
    "kaohe_rpc_call_seconds", "time of calls to services", ["service", "method", "outcome"], buckets=_BUCKETS
)


def exposition() -> Response:
    """Return the metrics of this process, or of all of gunicorn's workers where it gave them a common folder."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
