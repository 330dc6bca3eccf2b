"""`pln refresh`"""

from __future__ import annotations

import argparse

from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import counted
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.feed_health import all_health
from pln.services.refreshing import refresh_feeds


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="ask feeds too that were asked a short while ago")


def _run(session: Session, arguments: Arguments) -> Answer:
    with progress("Refreshing feeds") as shown:
        report = refresh_feeds(
            session.ctx, force=arguments.force, on_progress=shown.step, cancelled=shown.cancelled, origin="cli"
        )
    soonest = min((each.next_check for each in all_health(session.ctx) if each.next_check is not None), default=None)
    failed = [{"feed": feed, "reason": reason} for feed, reason in report.failed]
    data = {
        "asked": report.asked, "new": report.new, "changed": report.changed, "offline": report.offline,
        "failed": failed, "next": soonest.isoformat() if soonest is not None else None,
    }  # fmt: skip
    lines = [f"{counted(report.new, 'new article')} from {counted(report.asked, 'feed')}."]
    lines += ["No server could be reached. Is this computer offline?"] if report.offline else []
    if soonest is not None and not report.asked:
        lines.append(f"No feed is due before {soonest.astimezone():%Y-%m-%d %H:%M}; --force asks them all.")
    lines += [f"   {each['feed']}: {each['reason']}" for each in failed]
    return Answer(data=data, lines=tuple(lines), partly=bool(failed) or report.offline)


REFRESH = Verb(
    run=_run,
    arguments=_arguments,
    notes="Feeds that are not due are passed over; `pln feeds list` says when each is. A server that asked for "
    "patience is left alone even with --force. Ctrl+C ends it; what has arrived is kept.",
    shape={
        "asked": "feeds that were asked",
        "new": "articles that arrived",
        "changed": "articles that were rewritten",
        "offline": "true where no server could be reached",
        "failed[].feed": "title or address of a feed that could not be read",
        "failed[].reason": "why, in a sentence",
        "next": "when the first feed is due again, or null",
    },
    examples=("pln refresh --force",),
)
