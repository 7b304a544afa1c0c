"""What may be asked of the targets service."""
