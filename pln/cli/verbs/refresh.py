"""`pln refresh`"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import counted
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.feed_health import all_health
from pln.services.keeping_offline import OfflineReport, keep_offline
from pln.services.preferences import preferences
from pln.services.refreshing import refresh_feeds
from pln.services.surroundings import Surroundings, may_keep, on_battery

_SPARED = "This computer runs on its battery: full texts and pictures wait, unless the settings say otherwise."


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="ask feeds too that were asked a short while ago")
    parser.add_argument("--no-offline", action="store_true", help="leave full texts and pictures for another time")


def _run(session: Session, arguments: Arguments) -> Answer:
    with progress("Refreshing feeds") as shown:
        report = refresh_feeds(
            session.ctx, force=arguments.force, on_progress=shown.step, cancelled=shown.cancelled, origin="cli"
        )
    kept = None
    wanted = not arguments.no_offline and not report.offline
    spared = wanted and not may_keep(Surroundings(battery=on_battery()), preferences(session.ctx))
    if wanted and not spared:
        with progress("Keeping for offline") as shown:
            kept = keep_offline(session.ctx, on_progress=shown.step, cancelled=shown.cancelled, origin="cli")
    soonest = min((each.next_check for each in all_health(session.ctx) if each.next_check is not None), default=None)
    failed = [{"feed": feed, "reason": reason} for feed, reason in report.failed]
    data = {
        "asked": report.asked, "new": report.new, "changed": report.changed, "offline": report.offline,
        "failed": failed, "next": soonest.isoformat() if soonest is not None else None,
        "kept": None if kept is None else asdict(kept),
    }  # fmt: skip
    lines = [f"{counted(report.new, 'new article')} from {counted(report.asked, 'feed')}."]
    lines += ["No server could be reached. Is this computer offline?"] if report.offline else []
    if soonest is not None and not report.asked:
        lines.append(f"No feed is due before {soonest.astimezone():%Y-%m-%d %H:%M}; --force asks them all.")
    lines += [f"   {each['feed']}: {each['reason']}" for each in failed]
    lines += [_told(kept)] if kept is not None else [_SPARED] if spared else []
    return Answer(data=data, lines=tuple(lines), partly=bool(failed) or report.offline)


def _told(kept: OfflineReport) -> str:
    pages, pictures = counted(kept.pages, "full text"), counted(kept.pictures, "picture")
    gone = f" {counted(kept.let_go, 'picture')} gave way." if kept.let_go else ""
    return f"Kept for offline: {pages} and {pictures}.{gone}"


REFRESH = Verb(
    run=_run,
    arguments=_arguments,
    notes="Feeds that are not due are passed over; `pln feeds list` says when each is. A server that asked for "
    "patience is left alone even with --force. Then the full texts and pictures of what will be read are kept for "
    "offline, but not on battery unless the settings say so. Ctrl+C ends it; what has arrived is kept.",
    shape={
        "asked": "feeds that were asked",
        "new": "articles that arrived",
        "changed": "articles that were rewritten",
        "offline": "true where no server could be reached",
        "failed[].feed": "title or address of a feed that could not be read",
        "failed[].reason": "why, in a sentence",
        "next": "when the first feed is due again, or null",
        "kept": "what was kept for offline, or null where that was left",
        "kept.pages": "full texts that came",
        "kept.refused": "pages that brought no fuller text",
        "kept.pictures": "pictures that came",
        "kept.let_go": "pictures that gave way to them",
    },
    examples=("pln refresh --force", "pln refresh --force --no-offline"),
)
