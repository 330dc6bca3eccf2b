"""The page of keyboard shortcuts, made from the registry."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pln.ui.commands.command import Category, Command
from pln.ui.commands.registry import Registry
from pln.ui.widgets.boxes import Item, column
from pln.ui.widgets.boxes import row as line
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.scroll import Page


def show_shortcuts(parent: QWidget, registry: Registry) -> None:
    """Show every command that has a key, by menu."""
    dialog = shortcuts_dialog(parent, registry)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def shortcuts_dialog(parent: QWidget, registry: Registry) -> Dialog:
    order = list(Category)
    known = sorted((one for one in registry.all() if one.shortcut), key=lambda one: order.index(one.category))
    items: list[Item] = []
    for category, commands in groupby(known, key=lambda one: one.category):
        items += [10, label(category_title(category), "label"), *(_line(command) for command in commands)]
    page = Page(column(*items, None, spacing=6), margins=(0, 0, 12, 0))
    dialog = Dialog(parent, _tr("Keyboard shortcuts"), column(page), _tr("Close"))
    dialog.cancel.hide()
    dialog.resize(520, min(640, parent.height() - 80))
    return dialog


def category_title(category: Category) -> str:
    return {
        Category.FILE: _tr("File"),
        Category.EDIT: _tr("Edit"),
        Category.GO: _tr("Go"),
        Category.PEOPLE: _tr("People"),
        Category.MEETUPS: _tr("Meetups"),
        Category.READING: _tr("Reading"),
        Category.JOURNAL: _tr("Journal"),
        Category.VIEW: _tr("View"),
        Category.HELP: _tr("Help"),
    }[category]


def _line(command: Command) -> QHBoxLayout:
    native = QKeySequence.SequenceFormat.NativeText
    keys = [label(QKeySequence(key).toString(native), "kbd") for key in command.shortcuts()]
    return line(label(command.title), None, *keys)


def _tr(text: str) -> str:
    return QCoreApplication.translate("shortcuts", text)
