"""Words that carry a sentence but not its subject, without accents: English, German, French."""

from __future__ import annotations

_ENGLISH = """
a about after again all also although always am an and another any anything are around as ask asked asks at away be
because been before being best better between big both but by call came can cannot come could day days did didn do
does doesn doing don done down during each either else even ever every few find first for from get gets give given
go goes going gone good got great had has hasn have haven having he hear her here hers herself him himself his home
hour hours how however if in instead into is isn it its itself just keep know known last later least less let like
little ll long look looking lot made make makes making many may maybe me meet met might mine more most much must my
myself near need needs never new next no nobody none nor not nothing now of off often old on once one only or other
others our ours out over own part people perhaps person place put quite rather re read really said same saw say says
see seem seems she should since so some somebody someone something soon start started still such take takes talk
talked tell than thank thanks that the their theirs them themselves then there these they thing things think this
those though through time times to today told tomorrow too took try two under until up upon us use used using ve
very via want wanted wants was way we week weeks well went were what when where whether which while who whole whom
whose why will with within without word words work works would year years yes yesterday yet you your yours
"""
_GERMAN = """
aber alle allem allen aller als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein dem den
denn der des dich die dies diese diesem diesen dieser dir doch du durch ein eine einem einen einer eines er es etwas
euch fur gegen hab habe haben hat hatte hier hinter ich ihm ihn ihnen ihr ihre im immer in ins ist ja jede jeder
jetzt kann kein keine konnen machen man mehr mein mich mir mit nach neben nein nicht nichts noch nun nur ob oder
ohne schon sehr sein seine seit sich sie sind so soll uber um und uns unser unter viel vom von vor war waren warum
was weil welche wenn wer werden wie wieder will wir wird wo wurde zu zum zur zwischen
"""
_FRENCH = """
ai alors apres as au aucun aussi autre aux avant avec avoir beaucoup bien ca car ce cela ces cet cette chez comme
comment dans de depuis des deux dire dont du elle elles en encore entre est et etaient etait ete etre eu faire fait
faut il ils je jour la le les leur leurs lui ma mais meme mes moi moins mon ne ni nos notre nous on ont ou par parce
pas peu peut plus pour pourquoi quand que quel quelle qui quoi sa sans ses si son sont sous sur ta tes toi ton tous
tout toute toutes tres trop tu un une vers voir vos votre vous
"""

STOP_WORDS = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH}".split())
