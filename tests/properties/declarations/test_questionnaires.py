"""Votes weighted by group and dimension: exactly the mean of means, on one scale, and today's numbers where nothing is weighted."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import GRADES
from rules.votes import FEWEST, is_secret, secret_parts
from services.declarations.domain.ballot_code import BallotCode
from services.declarations.domain.questionnaires import (
    Questionnaire,
    check_questionnaire,
    tallied,
)
from services.declarations.storage.sealing import NONCE, TAG, CampaignKey
from shared.vocabulary.refusals import Refused

VALUES = {"values": {"优": "1.0", "好": "0.85", "一般": "0.7", "可以": "0.6", "差": "0.4"}}
SUBJECTS = ("P1", "P2", "P3")
GROUPS = ("领导", "同事", "服务对象")


def questionnaire(
    dimensions: dict[str, str] | None = None, weights: dict[str, str] | None = None, minimum: int = 0
) -> Questionnaire:
    given = weights or dict.fromkeys(GROUPS)
    return Questionnaire.of(
        [{"dimension": name, "weight": weight} for name, weight in (dimensions or {}).items()],
        [{"group": name, "weight": weight, "minimum": minimum} for name, weight in given.items()],
    )


def mean(counts: dict[str, Decimal]) -> Fraction:
    return rules.exact_points("grade", VALUES, Decimal(1), counts)


plain = st.tuples(
    st.sampled_from(GROUPS), st.dictionaries(st.sampled_from(SUBJECTS), st.sampled_from(GRADES), min_size=1)
)
TWO = st.fixed_dictionaries({"协作": st.sampled_from(GRADES), "效率": st.sampled_from(GRADES)})
rich = st.tuples(st.sampled_from(GROUPS), st.dictionaries(st.sampled_from(SUBJECTS), TWO, min_size=1))


@given(st.lists(plain, max_size=25))
def test_without_weights_every_vote_is_counted_once_where_enough_were_cast(cast):
    counts = {subject: one.counts for subject, one in tallied(questionnaire(), cast).items()}
    ballots = Counter(subject for _, ballot in cast for subject in ballot)
    expected = Counter(vote for _, ballot in cast for vote in ballot.items() if ballots[vote[0]] >= FEWEST)
    assert {(subject, grade): number for subject, one in counts.items() for grade, number in one.items()} == expected


@given(
    st.lists(rich, max_size=25),
    st.sampled_from([("0.5", "0.5"), ("0.7", "0.3"), ("0.3333", "0.6667")]),
    st.sampled_from([("0.5", "0.3", "0.2"), ("0.0001", "0.4999", "0.5")]),
)
def test_weighted_counts_have_exactly_the_mean_of_the_groups_means(cast, halves, thirds):
    dimensions = dict(zip(("协作", "效率"), halves, strict=True))
    weights = dict(zip(GROUPS, thirds, strict=True))
    for subject, tally in tallied(questionnaire(dimensions, weights, FEWEST), cast).items():
        total, used, ballots, left_out = Fraction(0), Fraction(0), 0, []
        for group in GROUPS:
            own = [votes[subject] for name, votes in cast if name == group and subject in votes]
            if len(own) < FEWEST:
                left_out.append(group)
                continue
            each = [
                sum(Fraction(dimensions[name]) * Fraction(VALUES["values"][grade]) for name, grade in one.items())
                for one in own
            ]
            total += Fraction(weights[group]) * sum(each) / len(each)
            used += Fraction(weights[group])
            ballots += len(own)
        assert (tally.votes, tally.left_out) == (ballots, sorted(left_out))
        assert mean(tally.counts) == (total / used if used else 0)
        assert all(number == int(number) for number in tally.counts.values())


@given(st.lists(rich, max_size=20))
def test_dimensions_without_group_weights_give_the_mean_of_all_ballots(cast):
    dimensions = {"协作": "0.6", "效率": "0.4"}
    for subject, tally in tallied(questionnaire(dimensions), cast).items():
        own = [votes[subject] for _, votes in cast if subject in votes]
        values = [
            sum(Fraction(dimensions[name]) * Fraction(VALUES["values"][grade]) for name, grade in one.items())
            for one in own
        ]
        assert tally.votes == len(own)
        assert mean(tally.counts) == sum(values) / len(values) if len(own) >= FEWEST else tally.counts == {}


def test_a_group_under_its_minimum_gives_its_weight_to_the_others_and_the_result_says_so():
    cast = [("同事", {"P1": "优"})] * 3 + [("领导", {"P1": "差"})] * 2
    tally = tallied(questionnaire(weights={"领导": "0.7", "同事": "0.3"}, minimum=3), cast)["P1"]
    assert (mean(tally.counts), tally.votes, tally.left_out) == (1, 3, ["领导"])


@pytest.mark.parametrize(
    ("dimensions", "weights", "minimum", "code"),
    [
        ({"协作": "0.5", "效率": "0.4"}, None, 0, "dimensions.sum"),
        (None, {"领导": "0.5", "同事": "0.4"}, 3, "groups.sum"),
        (None, {"领导": "1", "同事": None}, 3, "groups.sum"),
        (None, {"领导": "0.5", "同事": "0.5"}, 2, "groups.minimum"),
        (None, {str(one): "0.125" for one in range(8)}, 3, "groups.many"),
    ],
)
def test_weights_that_do_not_fit_are_refused(dimensions, weights, minimum, code):
    with pytest.raises(Refused) as refused:
        check_questionnaire(questionnaire(dimensions, weights, minimum))
    assert refused.value.refusals[0].code == code


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9)))
def test_what_is_folded_cannot_be_had_by_subtracting(sizes):
    """Of the groups not shown there are three ballots or more, or none: the rest of the whole is no single small group's."""
    hidden = secret_parts(sizes)
    assert all(sizes[group] >= FEWEST for group in sizes if group not in hidden)
    voting = [group for group in hidden if sizes[group]]
    assert len(voting) != 1 or len(hidden) == len(sizes)
    assert not is_secret(sum(sizes[group] for group in hidden)) or len(hidden) == len(sizes)


code = BallotCode(GROUPS, SUBJECTS, ("协作", "效率"))


@given(rich)
def test_a_ballot_is_read_back_as_it_was_cast_and_all_are_of_one_length(ballot):
    group, votes = ballot
    written = code.encode(group, votes)
    assert code.decode(written) == (group, votes)
    assert len(written) == 1 + len(SUBJECTS) * 2


@given(plain)
def test_a_ballot_of_one_grade_each_is_read_back_too(ballot):
    simple = BallotCode(GROUPS, SUBJECTS, ("",))
    assert simple.decode(simple.encode(*ballot)) == ballot


@given(st.binary(max_size=200))
def test_a_sealed_ballot_opens_with_its_key_only_and_never_looks_the_same(plain_ballot: Any):
    key = CampaignKey("secret", "c-1")
    one, other = key.seal(plain_ballot), key.seal(plain_ballot)
    assert (key.open(one), key.open(other)) == (plain_ballot, plain_ballot)
    assert one[:NONCE] != other[:NONCE]
    assert len(one) == len(plain_ballot) + NONCE + TAG
    for stranger in (CampaignKey("secret", "c-2"), CampaignKey("another", "c-1")):
        with pytest.raises(Refused):
            stranger.open(one)
    with pytest.raises(Refused):
        key.open(one[:-1] + bytes([one[-1] ^ 1]))
