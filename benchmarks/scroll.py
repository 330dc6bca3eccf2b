"""The long lists: 100,000 articles and 10,000 people, beside a plain list of Qt that holds nothing but the titles.

    python benchmarks/scroll.py [--json] [--quick]

First page: from asking the store for the ids to the painted list. Jump: to the end by the scroll bar, painted. Filter:
from a typed text to the painted result. The plain list has its texts in memory already and rows of one height.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from _figures import Figure, run, spread, told
from _profile import filled, opened_at
from _words import Words

from pln.services.context import Context

SIZE = (360, 800)


def measure(quick: bool) -> list[Figure]:
    articles, people, rounds = (50, 20, 1) if quick else (100_000, 10_000, 5)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from pln.ui.theme import Theme

    with filled(articles, people) as root:
        app = QApplication.instance() or QApplication(["pln"])
        assert isinstance(app, QApplication)
        Theme.install(app)
        return _measured(root, rounds)


def _measured(root: Path, rounds: int) -> list[Figure]:
    opened = opened_at(root)
    try:
        ctx, words = opened.context, Words().vocabulary
        return [
            *_list("articles", _article_list(ctx), *_articles(ctx), words[3], rounds),
            *_list("people", _people_list(ctx), *_people(ctx), words[30], rounds),
        ]
    finally:
        opened.close()


Ids = Callable[[], Sequence[int]]
Find = Callable[[str], Sequence[int]]


def _list(name: str, view: Any, everything: Ids, find: Find, typed: str, rounds: int) -> list[Figure]:
    plain = _plain_list(len(everything()))
    for each in (view, plain):
        each.resize(*SIZE)
        each.show()
    first, jump, filtered = [], [], []
    for _ in range(rounds):
        first.append((_shown(lambda: view.set_ids(everything()), view), _shown(lambda: _afresh(plain), plain)))
        jump.append((_shown(lambda: _end(view), view), _shown(lambda: _end(plain), plain)))
        for begun in (typed[:end] for end in range(1, len(typed) + 1)):
            filtered.append((_shown(partial(_filter, view, find, begun), view), 0.0))
    view.close()
    plain.close()
    return [
        _figure(f"{name}: first page, median", first),
        _figure(f"{name}: jump to the end, median", jump),
        _figure(f"{name}: filter, one letter more, median", filtered),
    ]


def _figure(name: str, both: list[tuple[float, float]]) -> Figure:
    ours, plain = (spread(side)["p50"] for side in zip(*both, strict=True))
    return told(name, ours, "ms", plain or None)


def _article_list(ctx: Context) -> Any:
    from pln.ui.reading.article_list import ArticleList

    return ArticleList("Articles", ctx)


def _articles(ctx: Context) -> tuple[Ids, Find]:
    from pln.services.reading import Shelf, article_ids, find_articles

    return lambda: article_ids(ctx, Shelf()), lambda typed: find_articles(ctx, Shelf(), typed)


def _people_list(ctx: Context) -> Any:
    """The list itself; the pane around it needs the whole window."""
    from pln.services.contacts import person_rows
    from pln.ui.widgets.list_view import ListView
    from pln.ui.widgets.paged_model import PagedModel
    from pln.ui.widgets.row_look import RowLook

    def fetch(ids: Sequence[int]) -> Sequence[Any]:
        found = {row.id: row for row in person_rows(ctx, tuple(ids))}
        return [found.get(record) for record in ids]

    model = PagedModel(fetch, lambda row: row.name)
    return ListView("People", model, lambda row: RowLook(title=row.name, second=row.subtitle, avatar=row.name))


def _people(ctx: Context) -> tuple[Ids, Find]:
    from pln.services.contacts import person_ids

    return lambda: person_ids(ctx), lambda typed: person_ids(ctx, typed)


def _plain_list(rows: int) -> Any:
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QListView

    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(QStringListModel([f"Row {number}" for number in range(rows)], view))
    return view


def _afresh(plain: Any) -> None:
    plain.reset()
    plain.doItemsLayout()


def _filter(view: Any, find: Find, typed: str) -> None:
    view.set_ids(find(typed))


def _end(view: Any) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(0)
    bar.setValue(bar.maximum())


def _shown(job: Callable[[], object], view: Any) -> float:
    """Milliseconds of a job and the painting that follows from it."""
    from PySide6.QtCore import QCoreApplication

    started = time.perf_counter()
    job()
    QCoreApplication.sendPostedEvents()
    view.viewport().repaint()
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="plain Qt"))
