"""Commands as Qt actions: they carry the shortcuts and fill the menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from pln.ui.commands.command import Category, Command, CommandId
from pln.ui.commands.registry import Registry


class Actions(QObject):
    """One action per command. Shortcuts that work everywhere belong to the window, the others to a place's widget."""

    def __init__(self, registry: Registry, window: QWidget) -> None:
        super().__init__(window)
        self._registry, self._window = registry, window
        self._actions: dict[CommandId, QAction] = {}
        self._places: dict[str, QWidget] = {}
        self._whole: QMenu | None = None
        self._menus = {category: QMenu(self._title(category), window) for category in Category}
        for category, menu in self._menus.items():
            menu.aboutToShow.connect(lambda category=category: self._enable(category))
            menu.aboutToHide.connect(lambda category=category: self._enable_all(category))
        self._groups: dict[tuple[Category, str], QMenu] = {}
        registry.on_added(self._added)
        registry.on_removed(self._removed)

    def action(self, wanted: CommandId) -> QAction:
        return self._actions[wanted]

    def attach_place(self, place: str, widget: QWidget) -> None:
        """The widget in which the shortcuts of a place work."""
        self._places[place] = widget
        for command in self._registry.all():
            if command.place == place:
                widget.addAction(self._actions[command.id])

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        for menu in self._menus.values():
            bar.addMenu(menu)

    def one_menu(self) -> QMenu:
        """All menus below one button."""
        whole = self._whole = QMenu(self._window)
        self._fill_whole(whole)
        whole.aboutToShow.connect(lambda: self._fill_whole(whole))
        return whole

    def _fill_whole(self, whole: QMenu) -> None:
        """Anew each time: commands come and go with the store."""
        whole.clear()
        for menu in self._menus.values():
            if not menu.isEmpty():
                whole.addMenu(menu)

    def menus(self) -> tuple[QMenu, ...]:
        """Every menu of the window: they hold nothing but the titles of commands."""
        whole = [self._whole] if self._whole is not None else []
        return (*self._menus.values(), *self._groups.values(), *whole)

    def _added(self, command: Command) -> None:
        action = QAction(command.title.replace("&", "&&"), self)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in command.shortcuts()])
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(lambda _checked=False: self._registry.run(command.id))
        self._actions[command.id] = action
        self._menu_of(command).addAction(action)
        self._hide_empty_groups()
        if command.place:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if (widget := self._places.get(command.place)) is not None:
                widget.addAction(action)
        else:
            self._window.addAction(action)

    def _removed(self, gone: CommandId) -> None:
        action = self._actions.pop(gone)
        for menu in (*self._menus.values(), *self._groups.values()):
            menu.removeAction(action)
        self._hide_empty_groups()
        action.setShortcuts([])  # at once: another command may want them before the action is gone
        action.deleteLater()

    def _menu_of(self, command: Command) -> QMenu:
        """The menu of its category, or the one within it that is named by its group."""
        menu, key = self._menus[command.category], (command.category, command.group)
        if not command.group:
            return menu
        if key not in self._groups:
            self._groups[key] = QMenu(command.group.replace("&", "&&"), menu)
            menu.addMenu(self._groups[key])
        return self._groups[key]

    def _hide_empty_groups(self) -> None:
        for menu in self._groups.values():
            menu.menuAction().setVisible(not menu.isEmpty())

    def detach_places(self) -> None:
        """The widgets of the places are about to go."""
        self._places.clear()

    def _enable(self, category: Category) -> None:
        for command in self._registry.of(category):
            self._actions[command.id].setEnabled(self._registry.may_run(command))

    def _enable_all(self, category: Category) -> None:
        # A disabled action would swallow its shortcut; whether a command may run is asked again when it is run.
        for command in self._registry.of(category):
            self._actions[command.id].setEnabled(True)

    def _title(self, category: Category) -> str:
        return {
            Category.FILE: self.tr("&File"),
            Category.EDIT: self.tr("&Edit"),
            Category.GO: self.tr("&Go"),
            Category.PEOPLE: self.tr("&People"),
            Category.MEETUPS: self.tr("&Meetups"),
            Category.READING: self.tr("&Reading"),
            Category.JOURNAL: self.tr("&Journal"),
            Category.VIEW: self.tr("&View"),
            Category.HELP: self.tr("&Help"),
        }[category]
