from __future__ import annotations

from datetime import timedelta

from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context
from pln.services.passing_on import people_for
from pln.services.reading import keep_for
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
