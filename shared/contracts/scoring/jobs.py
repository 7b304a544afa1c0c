"""Jobs: runs that are made while others are served."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.runs import FirstDifference, HashesDocument, NewRun, RunsQuery
from shared.contracts.scoring.scores import key
from shared.contracts.shapes import Command, Document, paged, word
from shared.vocabulary.jobs import JOB_STATES
from shared.vocabulary.scoring import JOB_KINDS


class OneJob(Command):
    job = key(required=True)


class JobResult(Document):
    """``run`` of a frozen run; the verdict of a recomputation; how many states were told."""

    run = fields.UUID()
    frozen = fields.Nested(HashesDocument)
    recomputed = fields.Nested(HashesDocument)
    same = fields.Boolean()
    difference = fields.Nested(FirstDifference, allow_none=True)
    told = fields.Integer()


class JobProblem(Document):
    code = fields.String(required=True)
    status = fields.Integer(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()), required=True)


class JobDocument(Document):
    job = fields.UUID(required=True)
    cycle = fields.String(required=True)
    kind = word(JOB_KINDS, required=True)
    status = word(JOB_STATES, required=True)
    done = fields.Integer(required=True, metadata={"description": "subjects scored"})
    total = fields.Integer(required=True, metadata={"description": "subjects in all; 0 until they are counted"})
    created_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    result = fields.Nested(JobResult, required=True, allow_none=True)
    problem = fields.Nested(
        JobProblem, required=True, allow_none=True, metadata={"description": "why it failed, as a problem"}
    )


jobs = Family("scoring", "run-jobs", "核算任务 runs on their way, with their progress")

start_run = jobs.post(
    "/run-jobs", "start_run", NewRun, JobDocument, may="may_freeze", status=202, filled=("expected",), mounted=False
)("开始核算 have a cycle frozen; answers at once with the job to watch")
list_jobs = jobs.get("/run-jobs", "list_jobs", RunsQuery, paged(JobDocument), may="oversees")(
    "核算任务列表 jobs, with how far each has come"
)
read_job = jobs.get("/run-jobs/<uuid:job>", "read_job", OneJob, JobDocument, may="oversees")(
    "核算进度 how far a job has come, and what came of it"
)
