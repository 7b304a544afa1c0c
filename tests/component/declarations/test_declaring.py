"""The 核评 flow on PostgreSQL: what is declared, who decides, what is kept and what leaves."""

from tests.component.declarations.bureau import Bureau, ratio


def test_an_item_goes_from_declared_to_assessed(bureau: Bureau):
    (declared,) = bureau.declare("PS", ratio("4"))
    assert (declared["status"], str(declared["points"]), str(declared["self_points"])) == ("declared", "2.00", "2.00")
    bureau.decide("verify", "HS", [declared["declaration"]])
    (assessed,) = bureau.decide("assess", "P10", [declared["declaration"]])
    assert (assessed["status"], assessed["revision"]) == ("assessed", 3)
    assert bureau.count("outbox") == 3
