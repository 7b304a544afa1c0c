"""The five forms as people hold them: named, laid out for paper, as a sheet to fill in offline, and read back from it."""
