"""People: the list, a person's page, adding, changing and importing."""
