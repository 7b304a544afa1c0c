"""What indexes of cases are made of. A query that is to use one spells it as the index does, so both take it from here."""

from shared.vocabulary.complaints import OPEN_STATES

# The moment of receipt in microseconds: a whole number, by which a list is sorted and its pages follow each other.
RECEIVED = "((EXTRACT(epoch FROM (received_at AT TIME ZONE 'UTC'::text)) * 1000000::numeric)::bigint)"
OPEN = f"status IN ({', '.join(repr(one) for one in OPEN_STATES)})"
PROVISIONAL = """deadlines @> '[{"provisional": true}]'::jsonb"""
