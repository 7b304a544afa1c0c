"""What may be asked of the scoring service."""
