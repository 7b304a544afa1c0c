"""附件 over HTTP: sealed in the store, for those only who may see who complained, each look on the trail."""

import io
from typing import Any

import pytest

from gateway.files.sealing import Broken, FileSeal, sealed_size
from gateway.files.store import Store
from tests.component.complaints.network import Network, network, store
from tests.support.evidence_files import png

__all__ = ["network", "store"]

RECEIPT = "张守信 13800001111 的购物小票".encode()


@pytest.fixture
def case(network: Network) -> str:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    return case


def put(network: Network, case: str, name: str = "小票.txt", content: bytes = RECEIPT, by: Any = None) -> Any:
    data = {"file": (io.BytesIO(content), name)}
    return (by or network.centre).post(f"/api/v1/cases/{case}/attachments?note=小票", data=data)


def listed(network: Network, case: str, by: Any = None) -> Any:
    return (by or network.centre).get(f"/api/v1/cases/{case}/attachments").json


def content(network: Network, row: Any, by: Any = None, what: str = "content") -> Any:
    return (by or network.centre).get(f"/api/v1/cases/{row['case']}/attachments/{row['attachment']}/{what}")


def test_a_file_is_kept_sealed_and_given_out_byte_by_byte(network: Network, case: str, store: Store) -> None:
    answer = put(network, case)
    assert answer.status_code == 201, answer.text
    assert content(network, answer.json).data == RECEIPT
    kept = [path.read_bytes() for path in store.folder.rglob("*") if path.is_file()]  # type: ignore[union-attr]
    assert len(kept) == 1
    assert b"13800001111" not in kept[0]
    assert put(network, case).json["attachment"] == answer.json["attachment"]
    assert (listed(network, case)["count"], listed(network, case)["items"][0]["note"]) == (1, "小票")


def test_only_who_may_see_who_complained_opens_it_and_each_look_is_recorded(network: Network, case: str) -> None:
    row = put(network, case).json
    office = network.by("office", "office")
    shown = listed(network, case, office)
    assert (shown["items"], shown["count"], shown["may_open"]) == ([], 1, False)
    assert content(network, row, office).status_code == 403
    assert content(network, row, network.by("P2", "staff", person="P2")).status_code == 200
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=get_attachment.looked").json["items"]
    assert [(one["account"], one["subject"]) for one in trail] == [("p2", f"{case}/{row['attachment']}")]


def test_a_picture_is_previewed_by_the_same_mechanism_as_evidence(network: Network, case: str) -> None:
    row = put(network, case, "照片.png", png()).json
    assert content(network, row, what="pages").json["pages"] == 1
    assert content(network, row, what="preview?page=1").data.startswith(b"\x89PNG")
    assert put(network, case, "照片.exe", png()).status_code == 422


def test_who_put_it_there_takes_it_away_until_the_file_is_checked(network: Network, case: str, store: Store) -> None:
    handler = network.by("P2", "staff", person="P2")
    row = put(network, case, by=handler).json
    where = f"/api/v1/cases/{case}/attachments/{row['attachment']}"
    network.refused(network.centre.delete(where), 409, "evidence.not_yours")
    assert handler.delete(where).status_code == 204
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []  # type: ignore[union-attr]
    assert listed(network, case)["count"] == 0
    second = put(network, case, by=handler).json
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "tell", "2026-06-03")
    network.took(case, "archive", "2026-06-04")
    network.refused(put(network, case, "又一份.txt"), 409, "attachment.closed")
    network.refused(handler.delete(f"/api/v1/cases/{case}/attachments/{second['attachment']}"), 409)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_is_sealed_opens_whole_or_not_at_all(size: int) -> None:
    plain, sealed = io.BytesIO(bytes(range(256)) * (size // 256 + 1)), io.BytesIO()
    plain.truncate(size)
    FileSeal("B00").seal(plain, sealed)
    content = sealed.getvalue()
    assert len(content) == sealed_size(size)
    odd = [content[at : at + 777] for at in range(0, len(content), 777)]
    assert b"".join(FileSeal("B00").open(odd)) == plain.getvalue()
    for broken in (content[:-1], content[:-17], content[:20] + bytes([content[20] ^ 1]) + content[21:]):
        with pytest.raises(Broken):
            b"".join(FileSeal("B00").open([broken]))
    with pytest.raises(Broken):
        b"".join(FileSeal("B01").open([content]))
