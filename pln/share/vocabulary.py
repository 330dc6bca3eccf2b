"""Words that alone name nobody. All folded: small letters without diacritics."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before or after a name, never the name.
TITLES = _listed("""
    dr prof mr mrs ms mx phd md jr sr ii iii iv
""")

# In the middle of a name they name nobody.
PARTICLES = _listed("""
    von van der den de del della di da dos das du la le el al bin ibn ben bint af av zu zur ter ten the and of
    for und et y e i
""")

# Domains shared by so many that they name nobody.
HOSTS = _listed("""
    gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com proton.me
    protonmail.com gmx.de gmx.net web.de aol.com posteo.de fastmail.com hey.com qq.com 163.com github.com
    gitlab.com codeberg.org linkedin.com twitter.com x.com facebook.com instagram.com youtube.com medium.com
    substack.com mastodon.social bsky.app bsky.social t.me wordpress.com blogspot.com tumblr.com google.com
    wikipedia.org
""")

# Parts of addresses that are the same for everybody.
GENERIC = _listed("""
    info hello contact mail office admin team post support press me in user users profile people about blog feed
    rss atom index html htm php xml com org net www http https home en de news company pub author
""")

# Titles of a company.
LEGAL = _listed("""
    ab gmbh ag ltd limited inc llc plc oy as a/s sa sarl srl bv nv kg ohg ev corp co
""")

# Given and family names that are everyday words: only a capital makes them a name.
EVERYDAY = _listed("""
    will may mark art hope grace joy rose sue bill rob pat jack drew dawn eve faith june april august frank
    grant max penny ray rich sky summer victor young long king white black brown green gray grey stone wood
    woods hill hall lake field best good day love wise small little strong short sharp bright fox wolf cook
    baker page price park le van von de la el al ben bin in an so do to he she my no yes on can see you say lee
    sung song ha go wu li ma hu lu chance case chase miles wade dean earl gene guy herb don josh lance marina
    miller norm olive peg pearl robin rusty sandy stew wind winter ivy iris jade jean jewel carol chuck der den
    das die und mit bei wo bis ist es am im per son fin min til en et er om da les des est une
""")
