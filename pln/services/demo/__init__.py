"""An invented network to try the program with: people, two years of meetups, feeds, a journal."""

from pln.services.demo.feed_server import FeedServer
from pln.services.demo.fill import FEED_FOLDER, DemoReport, fill, move_feeds

__all__ = ["FEED_FOLDER", "DemoReport", "FeedServer", "fill", "move_feeds"]
