"""Feeds, articles and what was made of them, back into a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pln.model.article_around import ArticleAround, EarlierWords, PageText, Tombstone
from pln.model.changes import Noun
from pln.model.errors import UsageError
from pln.model.feed import Article, Feed, PictureLink
from pln.model.highlight import Highlight
from pln.model.reading_rules import Rule, checked
from pln.model.smart_folders import SmartFolder
from pln.services.whole.form import Wrong, from_plain, listing, mapping, uid_in
from pln.services.whole.putting import Putting, records
from pln.sources.links import web_address
from pln.sources.sanitize import prepare


class PutBackReading(Putting):
    def feeds(self, index: Mapping[str, Any]) -> None:
        for where, data in _records(index, "feeds"):
            uid = self._new_uid(Noun.FEED, data, where)
            feed = from_plain(Feed, data, where, self.id_of)
            if not web_address(feed.url):
                raise Wrong(f"{where}, url", "it holds no web address")
            old = self._work.feeds.by_uid(uid) or self._work.feeds.by_url(feed.url)
            if old is None:
                self._count(Noun.FEED, "feeds", uid, self._work.feeds.add(feed).id)
            else:
                self._keep(Noun.FEED, "feeds", uid, old.id, restored=self._work.feeds.restore(old.id))

    def article(self, data: Any, where: str) -> None:
        """One line of the articles. Their HTML is cleaned again: the file may have been in other hands."""
        uid = self._new_uid(Noun.ARTICLE, data, where)
        article = from_plain(Article, data, where, self.id_of)
        if not article.guid:
            raise Wrong(where, "it has no guid")
        old = self._work.articles.by_uid(uid) or self._work.articles.by_guid(article.feed_id, article.guid)
        if old is None:
            stored = self._work.articles.add(replace(article, html=prepare(article.html, article.url).html))
            self._count(Noun.ARTICLE, "articles", uid, stored.id)
        else:
            self._keep(Noun.ARTICLE, "articles", uid, old)

