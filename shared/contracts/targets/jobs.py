"""Work on a whole bureau's targets that takes longer than a request, with its progress."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, listing, paged, word
from shared.contracts.targets.allocations import ShortageDocument
from shared.contracts.targets.claims import SkippedDocument
from shared.contracts.targets.fields import cycle_code
from shared.contracts.targets.keys import OneCycle
from shared.vocabulary.jobs import JOB_STATES, TARGET_JOBS
from shared.vocabulary.library import NATURES


class StartJob(OneCycle):
    kind = word(TARGET_JOBS, required=True)
    natures = fields.List(
        word(NATURES),
        load_default=list,
        metadata={"description": "of `accept`: also items without a quantity, of these natures"},
    )

    @validates_schema
    def of_use(self, data: dict[str, Any], **_options: Any) -> None:
        if data["natures"] and data["kind"] != "accept":
            raise ValidationError("natures go with accept", "natures")


class OneJob(Command):
    job = fields.UUID(required=True)


class JobQuery(PageQuery):
    cycle = cycle_code(required=False, load_default=None)


class JobResultDocument(Document):
    """What came of it, by its kind: of `accept` the claims, of `propose` the proposals, of `generate` the generation."""

    claimed = fields.Integer()
    skipped = fields.Integer()
    reasons = fields.List(fields.Nested(SkippedDocument))
    generation = fields.Integer()
    indicators = fields.Integer()
    changed = fields.Integer()
    units = fields.Integer()
    persons = fields.Integer()
    shortages = fields.List(fields.Nested(ShortageDocument))


class JobProblemDocument(Document):
    """Why it failed, as the answer to a request would have told it."""

    code = fields.String(required=True)
    status = fields.Integer(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    errors = listing(fields.Dict())


class TargetJobDocument(Document):
    job = fields.UUID(required=True)
    cycle = fields.String(required=True)
    kind = word(TARGET_JOBS, required=True)
    status = word(JOB_STATES, required=True)
    done = fields.Integer(required=True, metadata={"description": "units dealt with, of `generate` indicators"})
    total = fields.Integer(required=True, metadata={"description": "in all; 0 until they are counted"})
    by = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    result = fields.Nested(
        JobResultDocument, required=True, allow_none=True, metadata={"description": "so far, while it goes on"}
    )
    problem = fields.Nested(JobProblemDocument, required=True, allow_none=True)


jobs = Family("targets", "target_jobs", "分解与认领任务 work on a whole bureau's targets, with its progress")

start_job = jobs.post("/target-jobs", "start_job", StartJob, TargetJobDocument, may="may_manage_cycle", status=202)(
    "开始任务 propose, accept or generate for the whole bureau; answers at once with the job to watch"
)
list_jobs = jobs.get("/target-jobs", "list_jobs", JobQuery, paged(TargetJobDocument), may="may_see_drafts")(
    "任务列表 jobs, with how far each has come"
)
read_job = jobs.get("/target-jobs/<uuid:job>", "read_job", OneJob, TargetJobDocument, may="may_see_drafts")(
    "任务进度 how far a job has come, and what came of it"
)
