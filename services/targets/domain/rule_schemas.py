"""The parameters of each rule as JSON Schema with Chinese titles: what a form needs to edit them (data/README.md §二).

The schema says all that can be said of each value by itself, numbers as the texts that the library keeps; how values stand to one
another (steps in order, a cap that equals the full points) is for ``rules.check_params`` to say.
"""

from collections.abc import Mapping
from typing import Any

from rules import RULES
from rules.params import table_schema

SCHEMAS: Mapping[str, dict[str, Any]] = {
    code: table_schema({name: param.schema for name, param in rule.params.items()}) for code, rule in RULES.items()
}


def rule_documents() -> list[dict[str, Any]]:
    """Return every rule with its formula, the schema of its parameters and the quantities that it can count."""
    return [
        {
            "rule": code,
            "name": rule.title,
            "formula": rule.formula,
            "params_schema": SCHEMAS[code],
            "quantities": [{"key": key, "name": name} for key, name in rule.names().items()],
        }
        for code, rule in RULES.items()
    ]
