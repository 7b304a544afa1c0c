"""Quantities in requests and answers of families that are not mounted yet."""

from shared.contracts.shapes import counts as counts_field

__all__ = ["counts_field"]
