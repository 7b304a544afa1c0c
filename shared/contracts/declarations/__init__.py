"""What may be asked of the declarations service."""
