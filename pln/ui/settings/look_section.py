"""Look: light or dark, the size of texts, the width of lines. Applied at once; kept outside the store."""

from __future__ import annotations

from dataclasses import replace

from pln.system.settings import Theme as KeptTheme
from pln.system.settings import read_settings, write_settings
from pln.ui import theme
from pln.ui.settings.section import Section, field
from pln.ui.shell import Shell
from pln.ui.theme import Mode
from pln.ui.widgets.boxes import row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label
from pln.ui.widgets.segmented import Segmented

_SIZES = (100, 110, 120, 130, 140, 150, 175, 200)
_WIDTHS = (52, 60, 68, 76, 84, 96)


class LookSection(Section):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        now = theme.current()
        modes = [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]
        self.mode = Segmented(self.tr("Light or dark"), modes, now.mode.value)
        self.text_size = Choice(self.tr("Text size"), _sizes(round(now.scale * 100)), str(round(now.scale * 100)))
        self.measure = Choice(self.tr("Width of lines"), self._widths(now.measure), str(now.measure))
        self.mode.chosen.connect(self._mode_chosen)
        self.text_size.chosen.connect(self._size_chosen)
        self.measure.chosen.connect(self._width_chosen)
        self.fill(
            self.tr("Look"),
            field(self.tr("Light or dark"), self.mode),
            field(self.tr("Text size"), self.text_size),
            field(
                self.tr("Width of lines"), self.measure,
                self.tr("In articles and the journal. 60 to 75 characters a line read well."),
            ),
            row(label(self.tr("These are kept on this computer and hold nothing private."), "faint"), None),
        )  # fmt: skip

    def _mode_chosen(self, key: str) -> None:
        theme.current().set_mode(Mode(key))
        self._store()

    def _size_chosen(self, key: str) -> None:
        theme.current().set_scale(int(key) / 100)
        self._store()

    def _width_chosen(self, key: str) -> None:
        theme.current().set_measure(int(key))
        self._store()

    def _store(self) -> None:
        now, path = theme.current(), self.shell.ctx.profile.settings
        mode, scale, measure = KeptTheme(now.mode.value), now.scale, now.measure

        def job() -> None:
            kept = replace(read_settings(path), theme=mode, text_scale=scale, reading_width=measure)
            write_settings(path, kept)

        self.write(job)

    def _widths(self, now: int) -> list[tuple[str, str]]:
        words = {52: self.tr("Narrow"), 68: self.tr("Usual"), 84: self.tr("Wide")}
        named = self.tr("%1 characters")
        return [
            (str(one), named.replace("%1", str(one)) + (f" · {words[one]}" if one in words else ""))
            for one in sorted({*_WIDTHS, now})
        ]


def _sizes(now: int) -> list[tuple[str, str]]:
    return [(str(one), f"{one} %") for one in sorted({*_SIZES, now})]
