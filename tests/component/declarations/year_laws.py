"""What holds after each step of a year, by slow and obvious means: who decides, what is told, what is as it was before."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.component.declarations.walking import Change, Done, Row, Walk

# (family, status before, status after) -> what the subject is told; ``None`` before: something new.
TOLD: dict[tuple[str, str | None, str], str] = {
    **{("declaration", before, "returned"): "returned" for before in ("declared", "verified", "assessed")},
    ("declaration", "verified", "assessed"): "assessed",
    ("declaration", "verified", "declared"): "taken_back",
    ("declaration", "assessed", "verified"): "taken_back",
    ("declaration", "returned", "verified"): "amended",
    ("declaration", "assessed", "assessed"): "amended",
    ("declaration", "recorded", "recorded"): "amended",
    ("task_order", None, "issued"): "ordered",
    ("task_order", "refused", "accepted"): "order_changed",
    **{("task_order", before, "judged"): "judged" for before in ("issued", "accepted", "completed")},
    **{("task_order", "judged", after): "taken_back" for after in ("issued", "accepted", "completed")},
    **{
        ("task_order", before, "withdrawn"): "order_changed"
        for before in ("issued", "refused", "accepted", "completed")
    },
    ("task_order", "judged", "judged"): "amended",
    ("contribution", "declared", "returned"): "returned",
    ("contribution", "screened", "settled"): "settled",
    ("contribution", None, "settled"): "settled",  # a partner's part
    ("contribution", "screened", "rejected"): "rejected",
    ("contribution", "settled", "screened"): "taken_back",
    ("contribution", "rejected", "screened"): "taken_back",
    ("contribution", "settled", "withdrawn"): "taken_back",
    ("contribution", "settled", "settled"): "amended",
    ("contribution", "rejected", "settled"): "amended",
    ("temporary_work", "reported", "returned"): "returned",
    ("temporary_work", "confirmed", "returned"): "returned",
    ("temporary_work", "confirmed", "assessed"): "judged",
    ("temporary_work", "confirmed", "rejected"): "rejected",
    ("temporary_work", "assessed", "confirmed"): "taken_back",
    ("temporary_work", "rejected", "confirmed"): "taken_back",
    ("appeal", "filed", "upheld"): "appeal_decided",
    ("appeal", "filed", "changed"): "appeal_decided",
    ("veto", "proposed", "confirmed"): "vetoed",
    ("veto", "proposed", "lifted"): "veto_lifted",
    ("veto", "confirmed", "lifted"): "veto_lifted",
}
TO_ISSUERS = {"refuse_orders": "refused", "take_back_orders": "order_changed"}  # of what was not yet judged
# What people do with their own things.
OWN = {
    "declare_items", "withdraw_declarations", "accept_orders", "refuse_orders", "note_progress", "complete_orders",
    "declare_contributions", "withdraw_contributions", "answer_shares", "report_works", "withdraw_works", "file_appeals",
    "withdraw_appeals", "delegate", "end_delegation", "take_back_orders",
}  # fmt: skip
OF_ITEMS = ("declaration", "task_order", "contribution", "temporary_work", "appeal", "veto", "inspection")


class Laws:
    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._stood: defaultdict[str, list[Row]] = defaultdict(list)  # item -> how it was before each standing decision
        walk.laws += [self.nobody_decides_their_own, self.everybody_is_told_once, self.undone_is_as_before]

    def nobody_decides_their_own(self, done: Done) -> None:
        if done.command in OWN:
            return
        for change in done.changes:
            if change.family not in OF_ITEMS:
                continue
            old = change.before or change.after
            behind = {done.person, *(change.after.get(name) for name in ("verified_for", "assessed_for"))} - {None}
            theirs = {old["subject"], *self._walk.heads.get(old["subject"], ())}
            theirs |= {old.get(name) for name in ("declared_by", "reported_by", "filed_by")}
            theirs |= {share["subject"] for share in old.get("shares") or ()}
            assert not behind & theirs, (done.command, done.person, change)
            if change.family == "declaration" and done.command == "assess_declarations":
                assert not behind & {old["verified_by"], old["verified_for"]}, change
            if change.family == "appeal":
                assert not behind & set(old["involved"]), change

    def everybody_is_told_once(self, done: Done) -> None:
        if done.command == "hand_up":
            told_up = [(one["address"], one["kind"], one["content"]["count"]) for one in done.notices]
            number = done.answer["declarations"]
            assert told_up == [(f"above:{done.body['unit']}", "verify_escalated", number)] * bool(number)
            return
        expected = Counter(
            (address, kind, item) for address, kind, item in self._decisions(done) if address != f"person:{done.person}"
        )
        groups = Counter[tuple[str, str]]()
        for (address, kind, _), number in expected.items():
            groups[address, kind] += number
        told = Counter[tuple[str, str]]()
        for notice in done.notices:
            told[notice["address"], notice["kind"]] += notice["content"]["count"]
        assert told == groups, (done.command, expected, done.notices)
        for notice in done.notices:
            named = {item for address, kind, item in expected if (address, kind) == (notice["address"], notice["kind"])}
            assert notice["content"]["item"] in named, notice
        about = [(notice["address"], notice["kind"], notice["about"].partition("@")[0]) for notice in done.notices]
        assert len(set(about)) == len(about), done.notices

    def _decisions(self, done: Done) -> Iterator[tuple[str, str, str]]:
        if done.command in ("delegate", "end_delegation"):
            yield from self._delegated(done)
        for change in done.changes:
            yield from self._told(done, change)

    @staticmethod
    def _delegated(done: Done) -> Iterator[tuple[str, str, str]]:
        (one,) = (change.after for change in done.changes if change.family == "delegation")
        kind = "delegated" if done.command == "delegate" else "delegation_ended"
        for person in (one["delegate"], one["principal"]):
            if person != one["target"]:
                yield f"person:{person}", kind, one["delegation"]

    def _told(self, done: Done, change: Change) -> Iterator[tuple[str, str, str]]:
        row, old, family = change.after, change.before, change.family
        to_subject = f"{'person' if row.get('layer') == 'person' else 'head'}:{row.get('subject')}"
        address = f"person:{row['filed_by']}" if family == "appeal" else to_subject
        if family == "task_order":
            issuer = TO_ISSUERS.get(done.command) if old and old["status"] != "judged" else None
            if issuer is not None:
                yield f"person:{row['issued_by']}", issuer, change.item
                return
            if done.command in ("send_back_orders", "postpone_orders"):
                yield address, "returned" if done.command == "send_back_orders" else "order_changed", change.item
                return
            if row["origin"] == "volunteered" and (old is None or row["status"] == "withdrawn"):
                return  # its temporary work is what is told of
        if family == "contribution" and done.command == "declare_contributions":
            for share in row["shares"]:
                if share["agreed"] is None:
                    yield (
                        f"{'person' if share['layer'] == 'person' else 'head'}:{share['subject']}",
                        "share_asked",
                        change.item,
                    )
        kind = TOLD.get((family, *change.statuses))
        if kind is not None:
            yield address, kind, change.item

    def undone_is_as_before(self, done: Done) -> None:
        for change in done.changes:
            if change.family in OF_ITEMS and change.before is not None:
                self._undone(done, change, change.before)

    def _undone(self, done: Done, change: Change, old: Row) -> None:
        """Decisions are put on a pile; what is taken back is as what lies on top of it."""
        pile = self._stood[change.item]
        if (
            done.command.startswith("take_back")
            and change.family != "inspection"
            and change.statuses[0] != change.statuses[1]
        ):
            part = change.family == "contribution" and old["part_of"] is not None
            if part or old.get("origin") == "volunteered":  # it falls with what had made it
                assert (change.after["status"], change.after["counts"]) == ("withdrawn", {}), change
            elif change.family == "veto":  # a finding's, which falls with it
                assert (done.command, change.after["status"]) == ("take_back_findings", "lifted"), change
            else:
                assert _told(change.after) == _told(pile.pop()), (done.command, change)
        elif done.command == "withdraw_declarations":
            assert (change.after["status"], _told(change.after)[1:]) == ("draft", _told(old)[1:]), change
        elif change.statuses[0] != change.statuses[1]:
            pile.append(old)
        elif done.command == "answer_shares":  # a partner's answer is no decision, and stays
            pile[:] = [{**one, "shares": change.after["shares"]} for one in pile]


def _told(row: Row) -> tuple[Any, ...]:
    """What there is to see of it, shares as they were agreed among it."""
    names = ("status", "counts", "points", "machine", "not_applicable", "completed_on", "shares")
    return tuple(row.get(name) for name in names)
