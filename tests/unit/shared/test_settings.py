import pytest

from shared.settings import SettingError, Settings


def test_an_unknown_variable_is_pointed_out() -> None:
    with pytest.raises(SettingError, match="KAOHE_PROT"):
        Settings.read({"KAOHE_PROT": "8000"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KAOHE_PORT", "80a"),
        ("KAOHE_PORT", "70000"),
        ("KAOHE_DATABASE_URL", "sqlite:///x"),
        ("KAOHE_BROKER_URL", "redis://x"),
        ("KAOHE_LOG_LEVEL", "LOUD"),
    ],
)
def test_an_unusable_value_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable):
        Settings.read({variable: value})


def test_what_a_process_cannot_do_without_is_asked_for_by_name() -> None:
    with pytest.raises(SettingError, match="KAOHE_BROKER_URL"):
        Settings.read({}).need("broker_url")


def test_variables_of_others_are_not_ours() -> None:
    assert Settings.read({"PATH": "/bin", "KAOHE_PORT": "8080"}).port == "8080"
