from __future__ import annotations

from datetime import timedelta

from pln.model.anchoring import Anchor
from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed
from pln.model.interaction import Interaction, InteractionKind
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.suggestion import StepKind
from pln.services.contacts import record_interaction
from pln.services.context import Context
from pln.services.highlights import highlight, remove_highlight
from pln.services.passing_on import not_them, not_this_topic, people_for
from pln.services.reading import keep_for
from pln.services.today import for_your_people
from pln.services.whole.step_keys import key_from_plain, key_to_plain
from pln.suggest.declined import topic_key
from store_fixtures import TODAY, entry_of


def test_who_might_like_it_and_why(context: Context):
    with context.write("") as work:
        mail = Handle(kind=HandleKind.EMAIL, value="bilal@example.org")
        bilal = work.people.add(Person(name="Bilal Osman", interests=("weak ties",), handles=(mail,))).id
        work.people.add(Person(name="Mei Chen", interests=("ceramics",)))
        feed = work.feeds.add(Feed(url="https://edges.example/f", title="Edges")).id
        work.articles.take_in(feed, [entry_of("1", text="all about weak ties"), entry_of("2", text="nothing")])
        fitting, other = (work.articles.by_guid(feed, guid) or 0 for guid in ("1", "2"))
    (fit,) = people_for(context, fitting)
    assert (fit.person_id, fit.first_name, fit.emails) == (bilal, "Bilal", ("bilal@example.org",))
    assert fit.reason == "Bilal cares about weak ties" and "weak ties" in fit.words
    assert not fit.meeting and not fit.kept
    assert people_for(context, other) == () == people_for(context, 999)
    keep_for(context, fitting, bilal)
    plan = Meetup(kind=MeetupKind.COFFEE, day=TODAY + timedelta(days=2), people=(bilal,), state=MeetupState.PLANNED)
    with context.write("") as work:
        work.meetups.add(plan, TODAY)
    (fit,) = people_for(context, fitting)
    assert fit.meeting and fit.kept


def two_topics(context: Context) -> tuple[int, int]:
    with context.write("") as work:
        bilal = work.people.add(Person(name="Bilal Osman", interests=("weak ties", "onboarding"))).id
        feed = work.feeds.add(Feed(url="https://edges.example/f", title="Edges")).id
        work.articles.take_in(feed, [entry_of("1", text="all about weak ties and onboarding"), entry_of("2", text="-")])
        return work.articles.by_guid(feed, "1") or 0, bilal


def test_not_them_and_back(context: Context):
    article, bilal = two_topics(context)
    assert people_for(context, article) and for_your_people(context) == (article,)
    step = not_them(context, article, bilal)
    assert people_for(context, article) == () and for_your_people(context) == ()
    assert "Bilal" in step.label
    with context.write("") as work:
        step.back(work)
    assert people_for(context, article) != ()


def test_not_this_topic_leaves_the_others(context: Context):
    article, bilal = two_topics(context)
    not_this_topic(context, bilal, "Weak Ties")
    (fit,) = people_for(context, article)
    assert fit.words == ("onboarding",)
    not_this_topic(context, bilal, "onboarding")
    assert people_for(context, article) == ()


def test_a_declined_topic_survives_an_export_of_its_key():
    key = topic_key(7, "weak: ties")
    plain = key_to_plain(StepKind.ARTICLE, key, lambda noun, record: f"u{record}" if record else None)
    assert plain == [None, "u7", "weak ties"]
    assert key_from_plain(StepKind.ARTICLE, plain, "here", lambda noun, uid: 9) == topic_key(9, "weak ties")


def test_what_was_marked_in_an_article_sent_before_is_a_reason(context: Context):
    with context.write("") as work:
        anna = work.people.add(Person(name="Anna Berg")).id
        feed = work.feeds.add(Feed(url="https://edges.example/f", title="Edges")).id
        weather = [entry_of(f"w{number}", text=f"rain and wind on day {number}") for number in range(30)]
        garden = [
            entry_of("1", text="Dahlias want grafting."),
            entry_of("2", title="Grafting", text="On dahlias again"),
        ]
        work.articles.take_in(feed, [*garden, *weather])
        old, new = (work.articles.by_guid(feed, guid) or 0 for guid in ("1", "2"))
    marked = highlight(context, old, Anchor(quote="Dahlias want grafting.", before="", after="", start=0))
    assert people_for(context, new) == () and for_your_people(context) == (), "nobody was sent it yet"
    sent = Interaction(kind=InteractionKind.ARTICLE, person_id=anna, day=TODAY - timedelta(days=3), article_id=old)
    record_interaction(context, sent)
    (fit,) = people_for(context, new)
    assert (fit.person_id, set(fit.words)) == (anna, {"dahlias", "grafting"})
    assert fit.reason.startswith("You marked ") and fit.reason.endswith(" in an article you sent Anna on Thursday")
    assert for_your_people(context) == (new,)
    assert people_for(context, old) == (), "they have it already"
    remove_highlight(context, marked.id)
    assert people_for(context, new) == () and for_your_people(context) == ()
