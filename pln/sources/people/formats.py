"""The kinds of people files that PLN tells apart."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The value is what the user reads."""

    VCARD = "vCard"
    CALENDAR = "calendar"
    LINKEDIN = "LinkedIn connections"
    GOOGLE = "Google contacts"
    GOOGLE_OLD = "Google contacts (older form)"
    OUTLOOK = "Outlook contacts"
    OUTLOOK_COM = "Outlook.com contacts"
    THUNDERBIRD = "Thunderbird address book"
    TABLE = "table of people"
    UNKNOWN = "unknown"
