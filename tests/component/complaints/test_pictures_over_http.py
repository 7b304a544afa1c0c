"""Pictures of genuine and false marks over HTTP: put to an entry by who keeps entries, looked at by who looks them up."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from gateway.files.store import Store
from ops.evidence import CLEARING, _bureaus, _cleaned, _faults
from services.complaints.storage.attachment_tables import entry_pictures
from shared import clock
from shared.actor import system
from shared.database import open_sessions
from shared.ids import new_id
from shared.settings import settings
from tests.component.complaints.conftest import BUREAU
from tests.component.complaints.network import Network, network, store
from tests.component.complaints.test_knowledge_over_http import MARK
from tests.component.complaints.test_traders_over_http import get, post
from tests.support.databases import Databases
from tests.support.evidence_files import photo, png

__all__ = ["network", "store"]


@pytest.fixture
def entry(network: Network) -> str:
    return str(post(network, "counterfeits", MARK, 201)["entry"])


def put(network: Network, entry: str, name: str = "瓶盖.png", by: Any = None, *, content: bytes | None = None) -> Any:
    data = {"file": (io.BytesIO(content or png()), name)}
    return (by or network.centre).post(f"/api/v1/counterfeits/{entry}/pictures?note=瓶盖内侧&shows=genuine", data=data)


def look(network: Network, row: Any, what: str = "", by: Any = None) -> Any:
    return (by or network.centre).get(f"/api/v1/counterfeits/{row['entry']}/pictures/{row['picture']}{what}")


def lying(store: Store) -> list[bytes]:
    return [path.read_bytes() for path in store.folder.rglob("*") if path.is_file()]  # type: ignore[union-attr]


def test_a_picture_is_kept_sealed_and_shown_to_whoever_may_look_the_entry_up(
    network: Network, entry: str, store: Store
) -> None:
    answer = put(network, entry)
    assert answer.status_code == 201, answer.text
    row, clerk = answer.json, network.by("clerk", "staff", person="P2")
    assert (row["note"], row["shows"], row["kind"]) == ("瓶盖内侧", "genuine", "png")
    assert get(network, f"counterfeits/{entry}/pictures", clerk)["items"] == [row]
    assert look(network, row, by=clerk).json == row
    assert look(network, row, "/content", clerk).data == png()
    assert look(network, row, "/pages", clerk).json == {"picture": row["picture"], "pages": 1}
    assert look(network, row, "/preview?width=160", clerk).data.startswith(b"\x89PNG")
    kept = lying(store)
    assert len(kept) == 1
    assert png()[:40] not in kept[0]
    assert get(network, f"counterfeits/{entry}", clerk)["pictures"] == [row["picture"]]
    stranger = network.by("stranger", "staff", person="P9")
    network.refused(stranger.get(f"/api/v1/counterfeits/{entry}/pictures"), 403)
    network.refused(look(network, row, "/content", stranger), 403)


def test_a_photo_that_not_every_program_opens_is_given_as_jpeg(network: Network, entry: str) -> None:
    label = put(network, entry, "标签.tiff", content=photo("tiff")).json
    assert look(network, label, "/copy").data.startswith(b"\xff\xd8")
    network.refused(look(network, put(network, entry).json, "/copy"), 409, "evidence.no_preview")


def test_the_same_file_again_is_the_same_picture(network: Network, entry: str, store: Store) -> None:
    first, again = put(network, entry).json, put(network, entry).json
    assert first == again
    other = post(network, "counterfeits", {**MARK, "mark": "云峰"}, 201)["entry"]
    put(network, other)
    assert len(lying(store)) == 1  # equal bytes lie once in a bureau
    assert len(get(network, f"counterfeits/{other}/pictures")["items"]) == 1


def test_only_who_keeps_entries_puts_pictures_there_and_drops_their_own(
    network: Network, entry: str, store: Store
) -> None:
    clerk, head = network.by("clerk", "staff", person="P2"), network.by("head", person="P2", heads="S01")
    network.refused(put(network, entry, by=clerk), 403)
    network.refused(put(network, new_id()), 404, "entry.unknown")
    assert lying(store) == []
    row = put(network, entry, by=head).json
    where = f"/api/v1/counterfeits/{entry}/pictures/{row['picture']}"
    network.refused(clerk.delete(where), 403)
    network.refused(network.centre.delete(where), 409, "evidence.not_yours")
    other = post(network, "counterfeits", {**MARK, "mark": "云峰"}, 201)["entry"]
    network.refused(look(network, {**row, "entry": other}), 404, "picture.unknown")
    assert head.delete(where).status_code == 204
    assert lying(store) == []
    assert get(network, f"counterfeits/{entry}/pictures")["items"] == []
    network.refused(look(network, row), 404, "picture.unknown")


def test_only_pictures_are_taken_and_no_more_of_them_than_of_other_files(
    network: Network, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.refused(put(network, entry, "说明.txt", content="瓶盖内有激光防伪码".encode()), 422)
    network.refused(put(network, entry, "瓶盖.jpg"), 422, "evidence.misnamed")
    monkeypatch.setattr(settings, "evidence_files", "1", raising=False)
    assert put(network, entry).status_code == 201
    network.refused(put(network, entry, "另一张.png"), 409, "evidence.too_many")
    monkeypatch.setattr(settings, "evidence_files", "2", raising=False)
    monkeypatch.setattr(settings, "evidence_person_megabytes", "0", raising=False)
    network.refused(put(network, entry, "另一张.png"), 409, "evidence.no_room")


def test_what_a_request_names_as_pictures_is_not_looked_at(network: Network, entry: str) -> None:
    row = put(network, entry).json
    anew = {**MARK, "pictures": ["nothing"], "revision": 1}
    changed = network.centre.put(f"/api/v1/counterfeits/{entry}", json=anew)
    assert (changed.status_code, changed.json["pictures"]) == (200, [row["picture"]])


def test_the_trail_has_what_came_and_not_what_it_is_called(network: Network, entry: str) -> None:
    row = put(network, entry, "张守信的照片.png").json
    look(network, row, "/content")
    auditor = network.by("auditor", "auditor")
    trail = auditor.get(f"/api/v1/audit-trails/complaints?subject={entry}").json["items"]
    told = [one["action"] for one in trail if "picture" in one["action"]]
    assert sorted(told) == ["counterfeit.picture_kept", "counterfeit.picture_reserved"]
    assert "张守信" not in str(trail)


def test_what_an_upload_left_behind_is_swept_and_what_lies_there_is_checked(database: Databases, tmp_path: Any) -> None:
    url = database("declarations", "complaints")
    sessions = {schema: open_sessions(url, schema) for schema in ("declarations", "complaints")}
    kept, place = Store(str(tmp_path / "swept"), {}), f"{BUREAU}/p1"
    kept.put(place, io.BytesIO(b"half"))
    about = {"bureau": BUREAU, "code": "e1", "kind": "png", "cycle": "2026", "evidence": "p1", "revision": 1}
    file = {"name": "x", "media_type": "x", "size": 4, "sha256": "0" * 64, "stored_as": "p1", "owner": "x"}
    long_ago = clock.now() - timedelta(days=2)
    with sessions["complaints"].begin(system(BUREAU)) as session:
        waits = {**about, **file, "status": "awaited", "shows": "false", "reserved_at": long_ago}
        session.execute(insert(entry_pictures).values(**waits))
    assert _bureaus(sessions) == [BUREAU]
    assert list(_faults(sessions, kept, BUREAU, content=True)) == []  # known, though not kept
    cleared = [_cleaned(sessions[schema], kept, BUREAU, *how) for schema, *how in CLEARING]
    assert cleared == [0, 0, 1]
    assert kept.size(place) is None
    assert _bureaus(sessions) == []
    for one in sessions.values():
        one.engine.dispose()
