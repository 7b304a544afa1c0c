"""Jobs: runs that are computed while one watches, for bureaus too large to wait for."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Document, blueprint, paged
from gateway.api.runs import NewRun, RunsQuery, counted
from gateway.rpc import call

run_jobs = blueprint("run-jobs", "核算任务 runs on their way, with their progress")


class JobDocument(Document):
    job = fields.UUID(required=True)
    cycle = fields.String(required=True)
    kind = fields.String(required=True, validate=OneOf(("freeze", "recompute")))
    status = fields.String(required=True, validate=OneOf(("queued", "running", "done", "failed")))
    done = fields.Integer(required=True, metadata={"description": "subjects scored"})
    total = fields.Integer(required=True, metadata={"description": "subjects in all; 0 until they are counted"})
    created_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    result = fields.Dict(
        required=True, allow_none=True, metadata={"description": "{run} of a frozen run, or the verdict"}
    )
    problem = fields.Dict(required=True, allow_none=True, metadata={"description": "why it failed, as a problem"})


@run_jobs.route("/run-jobs", methods=["POST"])
@run_jobs.arguments(NewRun)
@run_jobs.response(202, JobDocument)
def start_run(command: dict[str, Any]) -> Any:
    """开始核算 have a cycle frozen; answers at once with the job to watch"""
    return call("scoring", "start_run", counted(command)), 202


@run_jobs.route("/run-jobs")
@run_jobs.arguments(RunsQuery, location="query")
@run_jobs.response(200, paged(JobDocument))
def list_jobs(query: dict[str, Any]) -> dict[str, Any]:
    """核算任务列表 jobs, with how far each has come"""
    return call("scoring", "list_jobs", query, read=True)


@run_jobs.route("/run-jobs/<uuid:job>")
@run_jobs.response(200, JobDocument)
def read_job(job: UUID) -> dict[str, Any]:
    """核算进度 how far a job has come, and what came of it"""
    return call("scoring", "read_job", {"job": str(job)}, read=True)
