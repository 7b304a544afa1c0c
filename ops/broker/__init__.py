"""The broker's accounts, one for each process, and what each of them may do."""
