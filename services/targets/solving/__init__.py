"""Numerical work on plain values: floats inside, exact decimals out (docs/decisions/0112). No session, no clock, no I/O."""
