"""Which articles fit whom, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.marks import Mark, MarkKind
from pln.model.meetup import Meetup, MeetupKind
from pln.model.suggestion import ArticleMatch, ArticleText, GivenPassage, Network
from pln.suggest.match import matches
from pln.suggest.today import worth_reading
from unit.suggest.invented import ANNA, BILAL, MEI, TODAY, TOMAS, article, network, story

OTHERS = tuple(article(100 + n, f"Weather report {n}", "rain sun wind cloud snow storm " * 3) for n in range(30))


def fits(found: Network) -> list[tuple[int, int]]:
    return [(match.article_id, match.person_id) for match in matches(found)]


def only(found: Network) -> ArticleMatch:
    (match,) = matches(found)
    return match


def with_articles(person: Person, *articles: ArticleText, **more: object) -> Network:
    return network(person, articles=(*articles, *OTHERS), **more)


def test_an_interest_meets_an_article_in_another_form_of_the_word():
    match = only(with_articles(Person(id=ANNA, name="Anna", interests=("gardening",)), article(5, "Gardens in winter")))
    assert (match.article_id, match.person_id, match.words) == (5, ANNA, ("gardening",))
    assert match.facts[0].text == "Anna cares about gardening"
    assert match.facts[0].ref == Ref(Noun.PERSON, ANNA)
    assert 0 < match.weight <= 1


def test_an_interest_of_two_words_needs_both():
    anna = Person(id=ANNA, name="Anna", interests=("peer review",))
    assert fits(with_articles(anna, article(5, "On peer pressure"), article(6, "Review of the year"))) == []
    assert fits(with_articles(anna, article(7, "How peer review began"))) == [(7, ANNA)]


def test_a_long_ask_is_met_by_most_of_its_words():
    anna = Person(id=ANNA, name="Anna", asks=("somebody who has run a mentoring pilot in schools",))
    found = with_articles(anna, article(5, "A pilot in three schools", "Mentoring."), article(6, "Schools reopen"))
    assert fits(found) == [(5, ANNA)]


def test_a_reason_quotes_the_line_of_the_talk():
    met = Meetup(
        id=4, kind=MeetupKind.WALK, day=date(2026, 9, 2), people=(ANNA,), notes="She asked about surprise.\nAnd jazz."
    )
    anna = Person(id=ANNA, name="Anna", asks=("surprise",))
    match = only(with_articles(anna, article(5, "Being surprised"), meetups={4: met}))
    fact = match.facts[0]
    assert fact.text == "Anna asked about surprise on 2 September"
    assert (fact.day, fact.quote, fact.ref) == (met.day, "She asked about surprise.", Ref(Noun.MEETUP, 4))


def test_words_of_talks_count_only_together():
    met = Meetup(
        id=4, kind=MeetupKind.TEA, day=date(2026, 9, 2), people=(ANNA,), notes="Her dandelions and the old harpsichord"
    )
    anna = Person(id=ANNA, name="Anna")
    assert fits(with_articles(anna, article(5, "Dandelions"), meetups={4: met})) == []
    match = only(with_articles(anna, article(5, "A harpsichord among dandelions"), meetups={4: met}))
    assert set(match.words) == {"dandelions", "harpsichord"}
    assert match.facts[0].quote == "Her dandelions and the old harpsichord"
    assert "came up over tea on 2 September" in match.facts[0].text


def test_a_question_kept_for_somebody_counts():
    mark = Mark(kind=MarkKind.QUESTION, text="did the seed library open", meetup_id=4, made_on=date(2026, 9, 2),
                id=3, person_id=ANNA)  # fmt: skip
    found = with_articles(Person(id=ANNA, name="Anna"), article(5, "The seed library of Aarhus"), marks=(mark,))
    assert only(found).facts[0].text == "You noted on 2 September what you would like to ask Anna"


def test_rare_words_weigh_more_than_common_ones():
    common = tuple(article(200 + n, "Onboarding again") for n in range(3))
    anna = Person(id=ANNA, name="Anna", interests=("onboarding", "allotments"))
    first = matches(with_articles(anna, article(5, "Allotments"), *common))[0]
    assert first.article_id == 5


def test_what_stands_everywhere_is_no_reason():
    everywhere = tuple(article(200 + n, "Learning today") for n in range(40))
    assert fits(network(Person(id=ANNA, name="Anna", interests=("learning",)), articles=everywhere)) == []


def test_given_own_and_resting_are_left_out():
    anna = Person(id=ANNA, name="Anna", interests=("jazz",))
    one = article(5, "Jazz at noon")
    assert fits(with_articles(anna, one)) == [(5, ANNA)]
    assert fits(with_articles(anna, one, sent=frozenset({(5, ANNA)}))) == []
    assert fits(with_articles(anna, replace(one, voice_id=ANNA))) == []
    assert fits(with_articles(replace(anna, paused_until=TODAY + timedelta(days=1)), one)) == []


def test_at_most_six_people_an_article():
    crowd = [Person(id=n, name=f"P{n}", interests=("jazz",)) for n in range(1, 12)]
    assert len(fits(network(*crowd, articles=(article(5, "Jazz, jazz, jazz"), *OTHERS)))) <= 6


def test_no_articles_or_no_people_is_nothing():
    assert matches(network(Person(id=ANNA, name="Anna"))) == ()
    assert matches(network(articles=OTHERS)) == ()
    assert matches(with_articles(Person(id=ANNA, name="Anna", interests=("the", "!!")), article(5, ""))) == ()


def test_worth_reading_is_the_article_that_fits_the_most():
    found = story()
    group = worth_reading(found, matches(found))
    assert group is not None
    assert {match.article_id for match in group} == {7}
    assert {match.person_id for match in group} == {BILAL, MEI}
    assert TOMAS not in {match.person_id for match in group}
    assert worth_reading(found, ()) is None


def given(quote: str, day: date = date(2026, 11, 12), person: int = ANNA) -> GivenPassage:
    return GivenPassage(person_id=person, article_id=77, day=day, quote=quote)


def test_what_was_marked_in_an_article_sent_before_finds_the_next_one():
    anna, marked = Person(id=ANNA, name="Anna Berg"), given("Dahlias want grafting before the frost.")
    found = with_articles(
        anna,
        article(5, "Grafting for beginners", "Begin with dahlias."),
        article(6, "A single dahlia"),
        given=(marked,),
    )
    match = only(found)
    assert (match.article_id, set(match.words)) == (5, {"dahlias", "grafting"})
    (fact,) = match.facts
    assert fact.text.startswith("You marked ") and fact.text.endswith(" in an article you sent Anna on 12 November")
    assert "dahlias" in fact.text and "grafting" in fact.text
    assert (fact.day, fact.quote, fact.ref) == (marked.day, marked.quote, Ref(Noun.ARTICLE, 77))


def test_a_passage_speaks_for_whom_it_was_sent_to_alone():
    anna, bilal = Person(id=ANNA, name="Anna"), Person(id=BILAL, name="Bilal")
    found = network(
        anna, bilal, articles=(article(5, "Grafting", "Begin with dahlias."), *OTHERS),
        given=(given("Dahlias want grafting."),),
    )  # fmt: skip
    assert fits(found) == [(5, ANNA)]
    assert fits(replace(found, given=())) == []


def test_a_passage_comes_after_what_somebody_cares_about():
    anna = Person(id=ANNA, name="Anna", interests=("dahlias",))
    match = only(
        with_articles(anna, article(5, "Dahlias", "Grafting and frost."), given=(given("Grafting before frost."),))
    )
    assert [fact.text.split()[0] for fact in match.facts] == ["Anna", "You"]
    assert match.facts[1].quote == "Grafting before frost."
