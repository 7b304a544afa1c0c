"""What may be asked of the complaints service."""
