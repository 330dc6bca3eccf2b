"""Commands are data: menus, palette, shortcuts and the help page are all made from the one registry."""

from pln.ui.commands.command import Category, Command, CommandId
from pln.ui.commands.registry import CommandClashError, Registry

__all__ = ["Category", "Command", "CommandClashError", "CommandId", "Registry"]
