"""Finds the collection of real exports that lies beside the checkout, where it is present."""

from __future__ import annotations

import os
from pathlib import Path

REASON = "the collection of real exports (../shared/corpus, or $PLN_SHARED/corpus) is not here"


def corpus_folder() -> Path | None:
    """The collection, or None where it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("PLN_SHARED", beside)) / "corpus"
    return folder if folder.is_dir() else None


def corpus_files(pattern: str) -> list[Path]:
    """Files for `pytest.mark.parametrize`, in order: `corpus_files("vcard/*")`. Empty where it is absent."""
    folder = corpus_folder()
    return sorted(path for path in folder.glob(pattern) if path.is_file()) if folder else []
