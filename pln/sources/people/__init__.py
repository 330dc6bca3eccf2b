"""People in files: vCard in every version, and the tables of address books, read and written whole."""

from __future__ import annotations

from pln.sources.people.formats import Format
from pln.sources.people.reading import LARGEST_FILE, read_people, read_people_file, recognise
from pln.sources.people.vcard_write import write_vcards

__all__ = ["LARGEST_FILE", "Format", "read_people", "read_people_file", "recognise", "write_vcards"]
