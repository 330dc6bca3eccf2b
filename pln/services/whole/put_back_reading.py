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
from pln.services.whole.form import Wrong, from_plain, listing, uid_in
from pln.services.whole.putting import Putting, records
from pln.sources.links import web_address
from pln.sources.sanitize import prepare


class PutBackReading(Putting):
    def feeds(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "feeds"):
            uid, feed, old = self._feed(data, where)
            if old is None:
                self._count(Noun.FEED, "feeds", uid, self._work.feeds.add(feed).id)
            else:
                self._keep(Noun.FEED, "feeds", uid, old.id, restored=self._work.feeds.restore(old.id))
        for number, data in enumerate(listing(index.get("feeds_put_away", []), "feeds_put_away"), 1):
            uid, feed, old = self._feed(data, f"feeds_put_away, number {number}")
            if old is None:
                old = self._work.feeds.add(feed)
                self._work.feeds.remove(old.id)
            self._ids[Noun.FEED, uid] = old.id

    def _feed(self, data: Any, where: str) -> tuple[str, Feed, Feed | None]:
        """(uid, what the file says of it, what is here)."""
        uid = self._new_uid(Noun.FEED, data, where)
        feed = from_plain(Feed, data, where, self.id_of)
        if not web_address(feed.url):
            raise Wrong(f"{where}, url", "it holds no web address")
        return uid, feed, self._work.feeds.by_uid(uid) or self._work.feeds.by_url(feed.url)

    def article(self, data: Any, where: str) -> None:
        """One line of the articles. Their HTML is cleaned again: the file may have been in other hands."""
        uid = self._new_uid(Noun.ARTICLE, data, where)
        record = dict(data)
        around = self._around(record, where)
        twin = record.pop("twin_of", None)
        article = from_plain(Article, record, where, self.id_of)
        if not article.guid:
            raise Wrong(where, "it has no guid")
        old = self._work.articles.by_uid(uid) or self._work.articles.by_guid(article.feed_id, article.guid)
        if old is not None:
            self._keep(Noun.ARTICLE, "articles", uid, old)
            return
        stored = self._work.articles.add(replace(article, html=prepare(article.html, article.url).html))
        self._work.around.put(stored.id, self._cleaned(around, article))
        if around.page is not None:
            self._work.articles.reindex([stored.id])
        self._count(Noun.ARTICLE, "articles", uid, stored.id)
        if twin is not None:
            self._twins.append((stored.id, uid_in(twin, f"{where}, twin_of"), where))

    def end_articles(self, index: Mapping[str, Any]) -> None:
        """What can be said once all articles are known: which tell the same story, and which are put away."""
        for record, twin, where in self._twins:
            other = self.id_of(Noun.ARTICLE, twin)
            if other is None:
                raise Wrong(f"{where}, twin_of", "it names an article that is not in the file")
            self._work.around.put_twin(record, other)
        for number, data in enumerate(listing(index.get("articles_put_away", []), "articles_put_away"), 1):
            uid = uid_in(data, f"articles_put_away, number {number}")
            if uid in self._fresh:
                self._work.around.remove(self._ids[Noun.ARTICLE, uid])

    def tombstones(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "tombstones"):
            fresh = self._work.around.bury(from_plain(Tombstone, data, where, self.id_of))
            (self.added if fresh else self.here)["tombstones"] += 1

    def highlights(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "highlights"):
            uid = self._new_uid(Noun.HIGHLIGHT, data, where)
            highlight = from_plain(Highlight, data, where, self.id_of)
            if not highlight.quote.strip():
                raise Wrong(where, "it has no quote")
            if not self._known(Noun.HIGHLIGHT, "highlights", uid, self._work.highlights):
                self._count(Noun.HIGHLIGHT, "highlights", uid, self._work.highlights.add(highlight).id)

    def rules(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "rules"):
            uid = self._new_uid(Noun.RULE, data, where)
            rule = from_plain(Rule, data, where, self.id_of)
            try:
                checked(rule)
            except UsageError as wrong:
                raise Wrong(where, "it is no rule that could work") from wrong
            if not self._known(Noun.RULE, "rules", uid, self._work.rules):
                stored = self._work.rules.put(replace(rule, feed=self._feed_here(rule.feed)))
                self._count(Noun.RULE, "rules", uid, stored.id)

    def smart_folders(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "smart_folders"):
            uid = self._new_uid(Noun.SMART_FOLDER, data, where)
            folder = from_plain(SmartFolder, data, where, self.id_of)
            if not self._known(Noun.SMART_FOLDER, "smart_folders", uid, self._work.smart_folders):
                stored = self._work.smart_folders.put(replace(folder, feed=self._feed_here(folder.feed)))
                self._count(Noun.SMART_FOLDER, "smart_folders", uid, stored.id)

    def _feed_here(self, uid: str) -> str:
        """What a feed of the file is called in this store: it may have been here under a uid of its own."""
        here = self._ids.get((Noun.FEED, uid))
        feed = None if here is None else self._work.feeds.get(here)
        return uid if feed is None else feed.uid

    def _around(self, record: dict[str, Any], where: str) -> ArticleAround:
        """Take what hangs on an article out of its record."""
        versions, pictures = (listing(record.pop(name, []), f"{where}, {name}") for name in ("versions", "pictures"))
        page, tags = record.pop("page", None), listing(record.get("tags", []), f"{where}, tags")
        told = ArticleAround(
            versions=tuple(from_plain(EarlierWords, each, f"{where}, versions", self.id_of) for each in versions),
            page=None if page is None else from_plain(PageText, page, f"{where}, page", self.id_of),
            pictures=tuple(from_plain(PictureLink, each, f"{where}, pictures", self.id_of) for each in pictures),
            tags=tuple(tag for tag in tags if isinstance(tag, str) and tag),
        )  # fmt: skip
        if not all(each.key.isalnum() and web_address(each.url) for each in told.pictures):
            raise Wrong(f"{where}, pictures", "it holds no web address")
        return told

    def _cleaned(self, around: ArticleAround, article: Article) -> ArticleAround:
        versions = tuple(replace(each, html=prepare(each.html, article.url).html) for each in around.versions)
        page = around.page
        if page is not None:
            page = replace(page, html=prepare(page.html, article.url).html)
        return replace(around, versions=versions, page=page)
