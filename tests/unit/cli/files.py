"""Small files of every kind that can be imported; everybody in them is invented."""

from __future__ import annotations

from pathlib import Path

VCARD = """BEGIN:VCARD
VERSION:3.0
FN:Elin Moe
N:Moe;Elin;;;
EMAIL;TYPE=work:elin@example.org
ORG:Harbour Library
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Anna Lindqvist
EMAIL:anna@example.org
TITLE:Researcher
END:VCARD
BEGIN:VCARD
VERSION:3.0
END:VCARD
"""
LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Marta,Silva,https://www.linkedin.com/in/marta-silva,,Tide,Editor,04 Mar 2025
Elin,Moe,https://www.linkedin.com/in/elin-moe,elin@example.org,Harbour Library,,05 Mar 2025
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="Learning">
<outline type="rss" text="River notes" xmlUrl="https://river.example.org/feed.xml"/></outline>
<outline type="rss" text="A wrong one" xmlUrl="file:///etc/passwd"/></body></opml>
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20260310T090000
DTEND:20260310T100000
SUMMARY:Coffee with Anna Lindqvist
LOCATION:Library
END:VEVENT
BEGIN:VEVENT
UID:two@example.org
DTSTART;VALUE=DATE:20260311
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Studio letters</title>
<link>https://example.org/</link><description>x</description>
<item><guid>1</guid><title>Studio schools and their questions</title><link>https://example.org/1</link>
<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>
<description>Studio schools begin with a question. What studio schools learn from one another.</description></item>
</channel></rss>
"""


def lay(folder: Path) -> None:
    """The files that the examples of the verbs name."""
    for name, text in (
        ("contacts.vcf", VCARD), ("connections.csv", LINKEDIN), ("feeds.opml", OPML), ("calendar.ics", CALENDAR),
        ("new-words.txt", " correct horse  \n"),  # those of the profile: every other example still opens it
    ):  # fmt: skip
        (folder / name).write_text(text, "utf-8")
