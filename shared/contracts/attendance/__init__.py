"""What may be asked of the attendance service."""
