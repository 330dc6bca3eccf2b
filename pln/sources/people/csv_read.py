"""A table of people, whole, in any dialect."""

from __future__ import annotations

from pln.model.errors import UnreadableInput
from pln.model.importing import Draft, ReadFile, Skipped
from pln.sources.people.columns import Column, columns_of, dialect_of
from pln.sources.people.dates import order_of
from pln.sources.people.formats import Format
from pln.sources.people.row_reader import RowReader
from pln.sources.people.tables import Row, Table, find_header, physical_lines
from pln.sources.people.words import Field


def read_table(text: str) -> ReadFile:
    """Everyone in a delimited text. Raises UnreadableInput where no line names columns that PLN knows."""
    lines = physical_lines(text)
    header = find_header(lines)
    dialect = dialect_of(header.columns) if header else Format.UNKNOWN
    if header is None or dialect is Format.UNKNOWN:
        raise UnreadableInput(
            "This is no table of people that PLN knows",
            "No line of it names columns such as Name, First name or E-mail. Nothing was changed. "
            "If it is one, put such headings above its columns and try again.",
        )
    table = Table(lines, header)
    columns = columns_of(header.columns, dialect)
    return _read(table, list(table.rows()), columns, dialect)


def _read(table: Table, rows: list[Row], columns: list[Column], dialect: Format) -> ReadFile:
    days = [at for at, column in enumerate(columns) if column.field is Field.BIRTHDAY]
    reader = RowReader(columns, dialect, order_of(row.cells[at] for row in rows for at in days if at < len(row.cells)))
    read = [reader.draft(row) for row in rows]
    return ReadFile(
        format=dialect.value,
        drafts=tuple(found for found in read if isinstance(found, Draft)),
        skipped=tuple(found for found in read if isinstance(found, Skipped)),
        warnings=tuple(
            f"A quote on row {row} is never closed; that row was read as it stands." for row in table.mended
        ),
    )
