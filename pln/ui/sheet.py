"""One style sheet made from the colours and the text scale. Widgets say what they are by dynamic properties."""

from __future__ import annotations

from dataclasses import asdict

from pln.system.resources import resource
from pln.ui.colours import Palette

SANS = "Inter"
SERIF = "Source Serif 4"


def stylesheet(palette: Palette, scale: float = 1.0) -> str:
    """The application's style sheet. scale: of texts, 1.0 to 2.0; heights of controls follow it."""
    values: dict[str, object] = {key: value for key, value in asdict(palette).items() if key != "dark"}
    values["check"] = resource("theme", "check-dark.svg" if palette.dark else "check-light.svg").as_posix()
    values |= {f"px{size}": _px(size, scale) for size in (11, 12, 13, 14, 15, 17, 20, 24, 30)}
    values |= {f"h{height}": _px(height, scale) for height in (20, 26, 28, 30, 32)}
    return "\n".join(part.format(**values, sans=SANS, serif=SERIF) for part in (_BASE, _TEXT, _BUTTONS, _FIELDS, _REST))


def _px(size: float, scale: float) -> str:
    return f"{round(size * scale)}px"


_BASE = """
QWidget {{ color: {ink}; font-family: "{sans}"; font-size: {px14}; }}
QMainWindow, QDialog, QWidget[tone="bg"] {{ background: {bg}; }}
QWidget[tone="rail"] {{ background: {rail}; }}
QWidget[tone="surface"] {{ background: {surface}; }}
QWidget[edge="right"] {{ border: 0; border-right: 1px solid {line}; }}
QWidget[edge="left"] {{ border: 0; border-left: 1px solid {line}; }}
QWidget[edge="bottom"] {{ border: 0; border-bottom: 1px solid {line}; }}
QWidget[edge="top"] {{ border: 0; border-top: 1px solid {line}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[role="card"][tone="soft"] {{ background: {soft}; border-color: {soft}; }}
QFrame[role="card"][tone="plain"] {{ background: transparent; }}
QFrame[role="hairline"] {{ background: {line}; border: 0; }}
QFrame[role="float"] {{ background: {surface}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[role="toast"] {{ background: {ink}; border: 0; border-radius: 10px; }}
QFrame[role="toast"] QLabel {{ color: {bg}; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; border: 0; }}
"""
_TEXT = """
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-family: "{serif}"; font-size: {px24}; font-weight: 600; }}
QLabel[role="display"] {{ font-family: "{serif}"; font-size: {px30}; font-weight: 600; }}
QLabel[role="subtitle"] {{ font-family: "{serif}"; font-size: {px20}; font-weight: 600; }}
QLabel[role="head"] {{ font-size: {px15}; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="label"] {{ font-size: {px13}; font-weight: 600; color: {muted}; }}
QLabel[role="section"] {{ font-size: {px12}; color: {faint}; }}
QLabel[role="muted"] {{ font-size: {px13}; color: {muted}; }}
QLabel[role="lead"] {{ color: {muted}; }}
QLabel[role="small"] {{ font-size: {px13}; }}
QLabel[role="faint"] {{ font-size: {px12}; color: {faint}; }}
QLabel[role="serif"] {{ font-family: "{serif}"; font-size: {px17}; }}
QLabel[role="serif-strong"] {{ font-family: "{serif}"; font-size: {px17}; font-weight: 600; }}
QLabel[role="accent"] {{ font-size: {px13}; font-weight: 600; color: {accent}; }}
QLabel[role="danger"] {{ font-size: {px13}; color: {red}; }}
QLabel[role="kbd"] {{ font-size: {px11}; color: {faint}; border: 1px solid {line}; border-radius: 4px;
  padding: 0 5px; }}
QLabel[chip], QFrame[chip] {{ border: 1px solid transparent; border-radius: 10px; }}
QFrame[chip] QLabel {{ font-size: {px12}; }}
QFrame[chip="accent"] {{ background: {soft}; }} QFrame[chip="accent"] QLabel {{ color: {accent}; }}
QFrame[chip="outline"] {{ border-color: {line}; }} QFrame[chip="outline"] QLabel {{ color: {muted}; }}
QFrame[chip="amber"] {{ background: {amber_soft}; }} QFrame[chip="amber"] QLabel {{ color: {amber}; }}
QFrame[chip="red"] {{ background: {red_soft}; }} QFrame[chip="red"] QLabel {{ color: {red}; }}
QFrame[chip="blue"] {{ background: {blue_soft}; }} QFrame[chip="blue"] QLabel {{ color: {blue}; }}
QFrame[chip="plum"] {{ background: {plum_soft}; }} QFrame[chip="plum"] QLabel {{ color: {plum}; }}
"""
# A focus ring is drawn inside the same box: border one pixel wider, padding one pixel narrower.
_BUTTONS = """
QPushButton {{ min-height: {h30}; padding: 0 12px; border: 1px solid {line}; border-radius: 8px;
  background: {surface}; font-weight: 500; }}
QPushButton:hover {{ background: {sel}; }}
QPushButton:pressed {{ background: {soft}; }}
QPushButton:disabled {{ color: {faint}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: {h28}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {accent_ink}; border-color: {accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {accent}; border-color: {ink}; }}
QPushButton[kind="primary"]:focus {{ border-color: {ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {soft}; color: {faint}; border-color: {soft}; }}
QPushButton[kind="danger"] {{ color: {red}; }}
QPushButton[kind="danger"]:focus {{ border-color: {red}; }}
QPushButton[kind="quiet"], QPushButton[kind="icon"] {{ border-color: transparent; background: transparent;
  color: {muted}; }}
QPushButton[kind="quiet"]:hover, QPushButton[kind="icon"]:hover {{ background: {soft}; color: {ink}; }}
QPushButton[kind="quiet"]:focus, QPushButton[kind="icon"]:focus {{ border-color: {accent}; }}
QPushButton[kind="icon"] {{ padding: 0 6px; }}
QPushButton[kind="icon"]:focus {{ padding: 0 5px; }}
QPushButton[kind="icon"]:checked {{ background: {soft}; }}
QPushButton[kind="link"] {{ border: 1px solid transparent; background: transparent; color: {muted}; font-weight: 400;
  font-size: {px13}; min-height: {h20}; padding: 0 3px; text-align: left; text-decoration: underline; }}
QPushButton[kind="link"]:hover {{ color: {accent}; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {accent}; border-radius: 4px; padding: 0 3px; min-height: {h20}; }}
QPushButton[kind="whisper"] {{ border: 1px solid transparent; background: transparent; color: {faint}; font-weight: 400;
  font-size: {px13}; min-height: {h20}; padding: 0 3px; border-radius: 4px; }}
QPushButton[kind="whisper"]:hover {{ color: {accent}; }}
QPushButton[kind="whisper"]:focus {{ border: 1px solid {accent}; padding: 0 3px; min-height: {h20}; }}
QPushButton[kind="toast"] {{ background: transparent; border: 0; color: {soft}; font-weight: 600;
  padding: 0 8px; min-height: {h28}; }}
QPushButton[kind="toast"]:focus {{ border: 2px solid {soft}; padding: 0 6px; min-height: {h26}; }}
QPushButton[kind="chip"] {{ min-height: {h20}; border-radius: 10px; padding: 0 9px; font-size: {px12}; font-weight: 400;
  color: {muted}; background: transparent; }}
QPushButton[kind="chip"]:checked {{ background: {soft}; color: {accent}; border-color: {soft}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {accent}; padding: 0 8px; min-height: 0; }}
QFrame[role="segments"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QPushButton[kind="segment"] {{ border: 1px solid transparent; border-radius: 0; background: transparent; color: {muted};
  font-size: {px13}; font-weight: 400; padding: 0 12px; min-height: {h28}; }}
QPushButton[kind="segment"]:hover {{ color: {ink}; }}
QPushButton[kind="segment"]:checked {{ background: {soft}; color: {accent}; font-weight: 600; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: {h26}; }}
QPushButton[kind="segment"][end="left"] {{ border-top-left-radius: 7px; border-bottom-left-radius: 7px; }}
QPushButton[kind="segment"][end="right"] {{ border-top-right-radius: 7px; border-bottom-right-radius: 7px; }}
QPushButton[kind="segment"][end="both"] {{ border-radius: 7px; }}
QPushButton[kind="tab"] {{ border: 1px solid transparent; background: transparent; color: {muted}; font-weight: 400;
  padding: 0 2px; border-radius: 6px; }}
QPushButton[kind="tab"]:hover {{ color: {ink}; }}
QPushButton[kind="tab"]:checked {{ color: {accent}; font-weight: 600; }}
QPushButton[kind="tab"]:focus {{ border: 2px solid {accent}; padding: 0 1px; }}
QPushButton[kind="search"] {{ text-align: left; color: {faint}; font-weight: 400; padding: 0 10px; }}
QPushButton[kind="search"]:focus {{ padding: 0 9px; }}
"""
_FIELDS = """
QLineEdit, QComboBox, QSpinBox {{ min-height: {h30}; border: 1px solid {line}; border-radius: 8px;
  background: {surface}; padding: 0 9px; selection-background-color: {accent}; selection-color: {accent_ink}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {accent}; padding: 0 8px;
  min-height: {h28}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {faint}; background: {bg}; }}
QLineEdit[invalid="true"] {{ border-color: {red}; }}
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus {{ border: 0; background: transparent; padding: 0;
  min-height: {h28}; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox::down-arrow {{ image: none; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line}; selection-background-color: {soft};
  selection-color: {ink}; outline: 0; padding: 4px; }}
QFrame[role="field"] {{ border: 1px solid {line}; border-radius: 8px; background: {surface}; padding: 1px; }}
QFrame[role="field"][ring="true"] {{ border: 2px solid {accent}; padding: 0; }}
QTextEdit, QPlainTextEdit, QTextBrowser {{ background: {surface}; border: 1px solid {line}; border-radius: 12px;
  selection-background-color: {accent}; selection-color: {accent_ink}; }}
QTextEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus {{ border-color: {accent}; }}
QTextEdit[kind="page"], QTextBrowser[kind="page"], QTextEdit[kind="page"]:focus, QTextBrowser[kind="page"]:focus {{
  background: transparent; border: 0; border-radius: 0; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {h26}; background: transparent;
  border: 1px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator {{ width: {px15}; height: {px15}; border: 1px solid {faint}; border-radius: 4px;
  background: {surface}; }}
QCheckBox::indicator:checked {{ border-color: {accent}; background: {accent}; image: url("{check}"); }}
QCheckBox::indicator:disabled {{ border-color: {line}; background: transparent; }}
"""
_REST = """
QAbstractItemView {{ background: transparent; border: 0; outline: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }} QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {line}; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QMenuBar {{ background: {rail}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; border-radius: 6px; }}
QMenuBar::item:selected {{ background: {soft}; color: {accent}; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {soft}; color: {ink}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 8px; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {line}; padding: 4px 8px; font-size: {px13}; }}
QSplitter::handle {{ background: {line}; }}
QCalendarWidget QWidget {{ background: {surface}; }}
QCalendarWidget QToolButton {{ border: 0; padding: 4px 8px; border-radius: 6px; background: {surface}; }}
QCalendarWidget QToolButton:hover {{ background: {soft}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {accent}; selection-color: {accent_ink}; }}
"""
