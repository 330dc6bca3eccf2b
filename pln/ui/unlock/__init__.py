"""What is shown before the store is open."""
