"""No private place of an entry reaches anything that leaves. One canary a place; every destination is searched."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from pln.model.share import DestinationKind, KnownPerson, NameAction, NameDecision, Rendered, ShareDraft
from pln.share.destinations.file import FileDestination
from pln.share.destinations.folder import FolderDestination
from pln.share.names import apply, find_names
from pln.share.paragraphs import compose, split
from pln.share.render import outgoing
from unit.share.canary import artefacts, escaped, token

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
_PLACES = """
    front matter, comment, inline comment, percent comment, open comment, private region, marked block,
    private fence, nested private fence, fence title, unpicked paragraph, next small step, next step
    item, next step section, alt text, picture title, picture path, picture on the web, html attribute,
    html block, script, local link, local link title, web link title, windows path, reference, reference
    title, wiki folder, embed, bare local address, tag, mail link, local network, entry title, person,
    nickname, phone owner
"""
PLACES = [" ".join(place.split()) for place in _PLACES.split(",")]
T = {place: token(place) for place in PLACES}
BODY = f"""---
mood: {T["front matter"]}
---

Kept words <!-- {T["inline comment"]} -->
and %%{T["percent comment"]}%% more #{T["tag"]} <b title="{T["html attribute"]}">bold</b>.
See [meetup](pln:meetup/{T["local link"]} "{T["local link title"]}")
or [web](https://open.example/ "{T["web link title"]}")
or [disk](C:\\Users\\{T["windows path"]}) or [ref][{T["reference"]}]
or [router](http://192.168.0.1/{T["local network"]}).
[[{T["wiki folder"]}/Shown|label]] ![[{T["embed"]}.png]] pln:{T["bare local address"]}
[write](mailto:{T["mail link"]}@x.example)
<script>{T["script"]}</script>
![{T["alt text"]}]({T["picture path"]}.png "{T["picture title"]}")
![](https://x.example/{T["picture on the web"]}.png)

[{T["reference"]}]: ./{T["reference"]}.md "{T["reference title"]}"

Thanks to @{T["person"]} Lind, to {T["nickname"]}, and call +46 70 123 45 67.

<!-- {T["comment"]} -->

<!-- private -->

{T["private region"]}

<!-- /private -->

{T["marked block"]} <!-- private -->

```private
{T["private fence"]}
```

> ~~~private
> {T["nested private fence"]}
> ~~~

```python title="{T["fence title"]}"
print("kept code")
```

UNPICKED {T["unpicked paragraph"]}

Next small step: {T["next small step"]}

- kept item
- [ ] **Next small step:** {T["next step item"]}

<div data-note="x">{T["html block"]}</div>

## Next small step

{T["next step section"]}

## Kept heading

Text <!-- {T["open comment"]}

{T["open comment"]} -->
"""
PEOPLE = (
    KnownPerson(
        person_id=1,
        name=f"{T['person']} Lind",
        sure=(T["nickname"], "0701234567"),
        soft=(T["phone owner"],),
        naming="ask",
    ),
)


def a_draft() -> ShareDraft:
    """As the share window makes it: chosen paragraphs, its own title, the names decided."""
    paragraphs = split(BODY)
    chosen = frozenset(each.index for each in paragraphs if "UNPICKED" not in each.text)
    draft = outgoing(
        ShareDraft(title="A title of its own", body=compose(paragraphs, chosen, keep_tags=False), uid="7" * 32)
    )
    hits = find_names(draft.body, PEOPLE)
    decisions = [NameDecision(matched=hit.text, action=NameAction.ROLE) for hit in hits]
    return ShareDraft(title=draft.title, body=apply(draft.body, hits, decisions), uid=draft.uid, entry_id=99)


def to_file(folder: Path, draft: ShareDraft) -> Rendered:
    rendered = FileDestination().render(draft, WHEN)
    FileDestination().deliver(rendered, folder)
    return rendered


def to_folder(folder: Path, draft: ShareDraft) -> Rendered:
    destination = FolderDestination(folder)
    rendered = destination.render(draft, WHEN, destination.existing())
    destination.deliver(rendered, folder)
    return rendered


# A new destination must be added here: test_every_destination_has_its_canaries fails until it is.
EXPORTERS: dict[DestinationKind, Callable[[Path, ShareDraft], Rendered]] = {
    DestinationKind.FILE: to_file,
    DestinationKind.FOLDER: to_folder,
}


def test_every_destination_has_its_canaries():
    assert set(EXPORTERS) == set(DestinationKind)


@pytest.mark.parametrize("kind", list(EXPORTERS))
def test_no_canary_leaves(kind, tmp_path):
    rendered = EXPORTERS[kind](tmp_path, a_draft())
    left = artefacts(tmp_path)
    assert escaped(T.values(), [*left, *rendered.files]) == set()
    assert dict(rendered.files) == dict(left)
    everything = b"".join(content for _, content in left)
    for kept in (
        "Kept words",
        "bold",
        "kept item",
        "Kept heading",
        "kept code",
        "a friend",
        "open.example",
        "A title of its own",
    ):
        assert kept.encode() in everything


@pytest.mark.parametrize("kind", list(EXPORTERS))
def test_a_draft_edited_by_hand_is_cleaned_on_its_way_out(kind, tmp_path):
    """Even the whole entry pasted into a draft loses what is never shared; words, names and tags are the user's own."""
    own = {"unpicked paragraph", "tag", "person", "nickname", "phone owner", "entry title"}
    EXPORTERS[kind](tmp_path, ShareDraft(title="T", body=BODY, uid="7" * 32))
    assert escaped((T[place] for place in PLACES if place not in own), artefacts(tmp_path)) == set()
    assert escaped([T["unpicked paragraph"]], artefacts(tmp_path))


@pytest.mark.parametrize(
    "leak",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: quote(text, safe=""),
        lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
        lambda text: "".join(f"&#{ord(char)};" for char in text),
        lambda text: "".join(f"&#x{ord(char):X};" for char in text),
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.b64encode(b"x" + text.encode()).decode(),
        lambda text: base64.b64encode(b"xy" + text.encode()).decode(),
        lambda text: text.encode().hex(),
        lambda text: text.encode("utf-16").decode("latin-1"),
        lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    ],
)
def test_the_search_finds_what_leaks(leak, tmp_path):
    """The proof that the tests above can fail: an exporter that lets one place through is caught, in any disguise."""
    rendered = to_file(tmp_path, a_draft())
    (path,) = tmp_path.iterdir()
    path.write_bytes(rendered.files[0][1] + leak(f"so {T['comment']} it is").encode("latin-1"))
    assert escaped(T.values(), artefacts(tmp_path)) == {T["comment"]}


def test_the_search_reads_file_names(tmp_path):
    (tmp_path / f"{T['entry title']}.md").write_text("")
    assert escaped(T.values(), artefacts(tmp_path)) == {T["entry title"]}


def test_every_canary_stands_in_the_entry():
    elsewhere = {"entry title", "phone owner"}
    assert {place for place in PLACES if T[place] not in BODY} == elsewhere
    assert len(set(T.values())) == len(PLACES)
