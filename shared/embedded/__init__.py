"""The parts that let the whole system run in one process on one machine: PostgreSQL from a wheel and a broker in memory."""
