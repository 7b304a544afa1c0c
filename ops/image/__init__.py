"""What goes into the container image, and what of the packages does not."""
