"""A simulated year: everyone does what they would do, through the HTTP API, from claiming to publication."""
