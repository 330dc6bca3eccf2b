"""Values of the domain and small pure rules. Standard library only: no I/O, no clock, no randomness."""
