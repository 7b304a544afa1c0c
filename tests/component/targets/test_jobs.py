"""Work on a whole bureau in the background: unit by unit, visible, and whole whatever dies on the way."""

import pytest

from services.targets.usecases import accepting, jobs
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.targets.world import CYCLE, OFFICE, World, staff_actor


def held(world: World) -> list[tuple[str, str, str]]:
    return [(one["indicator"], one["subject"], one["target"]) for one in world.pages("list_claims", cycle=CYCLE)]


def test_a_bureaus_proposals_are_accepted_unit_by_unit_and_the_progress_is_seen(allocated: World):
    started = allocated.call("start_job", cycle=CYCLE, kind="accept")
    assert (started["status"], started["done"], started["by"]) == ("queued", 0, "office")
    assert started["total"] > 10
    assert jobs.go_on(allocated.sessions, OFFICE, started["job"])
    first = allocated.call("read_job", job=started["job"])
    assert (first["status"], first["done"]) == ("running", 1)
    units = {one["unit"] for one in allocated.pages("list_claims", cycle=CYCLE)}
    assert len(units) <= 1, "one unit a transaction"
    allocated.service.do_jobs()
    (done,) = allocated.pages("list_jobs", cycle=CYCLE)
    assert (done["status"], done["done"], done["problem"]) == ("done", done["total"], None)
    assert done["result"]["claimed"] == len(held(allocated)) > 100
    assert done["finished_at"]


def test_unit_by_unit_claims_what_one_request_for_the_bureau_claims(allocated: World):
    allocated.call("start_job", cycle=CYCLE, kind="accept", natures=["routine"])
    allocated.service.do_jobs()
    job = held(allocated)
    left = allocated.call("accept_proposals", cycle=CYCLE, scope="bureau", natures=["routine"])
    assert (left["claimed"], held(allocated)) == (0, job)


def test_a_step_that_dies_is_done_again_and_claims_nothing_twice(allocated: World, monkeypatch):
    started = allocated.call("start_job", cycle=CYCLE, kind="accept")
    whole, deaths = accepting.accept_whole_unit, []

    def dying(session, actor, command):
        answer = whole(session, actor, command)
        if command["unit"] == "D02" and len(deaths) < 2:
            deaths.append(command["unit"])
            raise RuntimeError("the process died before it committed")
        return answer

    monkeypatch.setattr(accepting, "accept_whole_unit", dying)
    allocated.service.do_jobs()
    done = allocated.call("read_job", job=started["job"])
    assert (len(deaths), done["status"], done["done"]) == (2, "done", done["total"])
    assert done["result"]["claimed"] == len(held(allocated))
    assert {one["revision"] for one in allocated.pages("list_claims", cycle=CYCLE)} == {1}


def test_what_fails_again_and_again_is_given_up_and_says_so(allocated: World, monkeypatch):
    started = allocated.call("start_job", cycle=CYCLE, kind="accept")

    def dying(*_):
        raise RuntimeError("always")

    monkeypatch.setattr(accepting, "accept_whole_unit", dying)
    allocated.service.do_jobs()
    failed = allocated.call("read_job", job=started["job"])
    assert (failed["status"], failed["done"], failed["problem"]["code"]) == ("failed", 0, "job.given_up")
    assert held(allocated) == []


def test_a_cycle_that_closes_meanwhile_ends_the_job_with_the_reason(allocated: World):
    started = allocated.call("start_job", cycle=CYCLE, kind="accept")
    assert jobs.go_on(allocated.sessions, OFFICE, started["job"])
    allocated.call("move_cycle", cycle=CYCLE, status="closing")
    allocated.service.do_jobs()
    failed = allocated.call("read_job", job=started["job"])
    assert (failed["status"], failed["done"], failed["problem"]["code"]) == ("failed", 1, "cycle.not_open")
    with pytest.raises(Conflict, match="cycle.not_open"):
        allocated.call("start_job", cycle=CYCLE, kind="accept")


def test_two_replicas_share_one_job_without_doing_anything_twice(allocated: World):
    started = allocated.call("start_job", cycle=CYCLE, kind="accept")
    with allocated.sessions.begin(OFFICE) as session:
        assert jobs.Jobs(session, OFFICE.bureau).lock(started["job"])
        assert not jobs.go_on(allocated.sessions, OFFICE, started["job"]), "another is at it"
    assert jobs.go_on(allocated.sessions, OFFICE, started["job"])


def test_proposals_and_targets_are_made_in_the_background_with_their_progress(opened: World, monkeypatch):
    monkeypatch.setattr(jobs, "PROGRESS", 0.0)
    seen: list[tuple[str, int, int]] = []
    change = jobs.Jobs.change

    def watched(self, code, **changes):
        change(self, code, **changes)
        seen.append((changes["status"], changes["done"], changes["total"]))

    monkeypatch.setattr(jobs.Jobs, "change", watched)
    for kind in ("propose", "generate"):
        seen.clear()
        started = opened.call("start_job", cycle=CYCLE, kind=kind)
        opened.service.do_jobs()
        done = opened.call("read_job", job=started["job"])
        assert (done["status"], done["done"]) == ("done", done["total"])
        assert seen[0] == ("running", 1, done["total"])
        assert [one[1] for one in seen] == [*range(1, done["total"] + 1), done["total"]]
    assert done["result"]["generation"] == 1
    assert opened.pages("list_proposals", cycle=CYCLE)
    assert len(opened.pages("list_forecasts", cycle=CYCLE, generation=1)) > 250


def test_only_the_office_starts_a_job_and_natures_go_with_accepting(allocated: World):
    with pytest.raises(Forbidden):
        allocated.call("start_job", staff_actor("P0002"), cycle=CYCLE, kind="accept")
    with pytest.raises(Forbidden):
        allocated.call("list_jobs", staff_actor("P0002"))
    with pytest.raises(Invalid, match="request.invalid"):
        allocated.call("start_job", cycle=CYCLE, kind="propose", natures=["routine"])
    with pytest.raises(NotFound, match="job.unknown"):
        allocated.call("read_job", job="01a22938-ea09-7a5a-97a7-46c63e2a2e83")
