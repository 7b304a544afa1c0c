"""The words that all rooms share: pure, so that the rules may use them. Standard library only."""
