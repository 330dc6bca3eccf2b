"""Everything of a profile as files, and back: the form, what goes into it, and how it is laid and read."""
