"""Conversations: what a list shows is what may be read singly."""

from tests.component.scoring.after_a_run import TALK, Results


def test_a_conversation_is_in_the_list_of_whoever_may_read_it(results: Results) -> None:
    results.approve()
    people: dict[str, list[str]] = {}
    for one in results.office.get(f"{results.at}/scores?layer=person").json["items"]:
        people.setdefault(one["unit"], []).append(one["subject"])
    units = sorted(people)[:3]
    heads = {unit: results.http.log_in(f"head-of-{unit}", "staff", person="H99", heads=unit) for unit in units}
    talked = {person: unit for unit in units for person in people[unit][:3]}
    for person, unit in talked.items():
        made = heads[unit].post(f"{results.at}/conversations", json={"subject": person, **TALK})
        assert made.status_code == 201, made.json
    roles = ("hr", "panel", "leader", "office", "auditor", "assessor", "complaints_centre")
    actors = {role: results.http.log_in(f"as-{role}", role) for role in roles if role != "assessor"}
    actors |= heads | {person: results.staff(person) for person in talked}
    outcomes = set()
    for told, client in actors.items():
        shown = {one["subject"] for one in client.get(f"{results.at}/conversations?limit=500").json.get("items", ())}
        for person in talked:
            answer = client.get(f"{results.at}/conversations/{person}")
            assert answer.status_code in (200, 403, 404), answer.json
            assert (answer.status_code == 200) == (person in shown), f"{told}: {person} {answer.status_code}"
            outcomes.add(person in shown)
    assert outcomes == {True, False}
