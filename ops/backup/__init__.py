"""Backups of a whole installation in one encrypted file, and their way back into an empty one."""
