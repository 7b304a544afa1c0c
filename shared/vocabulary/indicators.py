"""The words of the library under the name that declarations use."""

from shared.vocabulary.library import CATEGORIES, FREQUENCIES, RULES, TOOLS

__all__ = ["CATEGORIES", "FREQUENCIES", "RULES", "TOOLS"]
