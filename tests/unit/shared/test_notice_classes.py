"""Every kind of notice is in one class, so that everybody can say how they want to hear of it."""

from collections import Counter

from shared.vocabulary.declarations import NOTICE_KINDS
from shared.vocabulary.notices import CLASS_OF, NOTICE_CLASSES, WAYS, wants


def test_every_kind_is_in_exactly_one_class() -> None:
    assert Counter(kind for one in NOTICE_CLASSES.values() for kind in one.kinds) == Counter(
        dict.fromkeys(NOTICE_KINDS, 1)
    )
    assert set(CLASS_OF) == set(NOTICE_KINDS)


def test_what_is_urgent_comes_whatever_was_chosen_but_to_no_group_of_others() -> None:
    for name, one in NOTICE_CLASSES.items():
        nothing = {(name, way): False for way in WAYS}
        assert [way for way in WAYS if wants(nothing, name, way)] == (["email", "webhook"] if one.urgent else [])
        assert [way for way in WAYS if wants({}, name, way)] == ["email", "webhook"]
