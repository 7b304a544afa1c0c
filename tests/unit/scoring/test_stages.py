"""Published stages: rounded once, missing components leave their weight to the others; the worked example of the 532."""

from decimal import Decimal
from fractions import Fraction

from services.scoring.domain.sentences import stage_sentence
from services.scoring.domain.sheets import category_score
from services.scoring.domain.stages import mean, named_stage, weighted

D = Decimal
PERSON = {"personal": D("0.5"), "unit": D("0.3"), "bureau": D("0.2")}
SPECIAL = {"common": D("0.32"), "professional": D("0.51"), "contribution": D("0.05"), "additional": D("0.12")}


def test_the_worked_example_of_the_data_page_comes_out_to_the_digit() -> None:
    categories = {"common": D(96), "professional": D(88), "contribution": D(6), "additional": D(92)}
    layer = named_stage(SPECIAL, categories, "half_up")
    assert layer == D("86.94")
    assert named_stage(PERSON, {"personal": layer, "unit": D(90), "bureau": D(88)}, "half_up") == D("88.07")


def test_a_half_is_rounded_by_the_models_rule() -> None:
    halves = {"personal": D("85.01"), "unit": D("85.00")}
    weights = {"personal": D("0.5"), "unit": D("0.5")}
    assert named_stage(weights, halves, "half_up") == D("85.01")
    assert named_stage(weights, halves, "half_even") == D("85.00")


def test_a_missing_component_leaves_its_weight_to_the_others_and_says_so() -> None:
    values = {"personal": D("80.00"), "unit": None, "bureau": D("90.00")}
    assert named_stage(PERSON, values, "half_up") == D("82.86")
    assert stage_sentence(PERSON, values, D("82.86")) == "(80.00×0.5 + 90.00×0.2) ÷ 0.7 = 82.86"


def test_without_any_component_there_is_no_score() -> None:
    assert named_stage(PERSON, {}, "half_up") is None
    assert weighted([]) is None
    assert mean([None, None]) is None


def test_a_mean_is_exact_until_its_stage_is_rounded() -> None:
    assert mean([D("80.01"), D("80.02"), None, D("80.02")]) == Fraction(24005, 300)


def test_a_category_is_what_was_reached_of_what_applied() -> None:
    assert category_score("common", D("7.07"), D("16.0"), "half_up") == D("44.1875")
    assert category_score("professional", D("1"), D("3"), "half_up") == D("33.3333")


def test_contributions_accumulate_to_a_hundred() -> None:
    assert category_score("contribution", D("6.5"), D(100), "half_up") == D("6.5")
    assert category_score("contribution", D("130"), D(150), "half_up") == D(100)
