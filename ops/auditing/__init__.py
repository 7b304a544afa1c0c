"""The record of what was done: proved whole, anchored outside the database, compared with what the rows say."""
