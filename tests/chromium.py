"""Where this machine's Chromium is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_FILES = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
HOW_TO_INSTALL = (
    "Chromium is missing: install it (Debian: sudo apt install chromium; Ubuntu: sudo snap install chromium; "
    "macOS: brew install --cask chromium; or .venv/bin/playwright install chromium) "
    "or name one with CHROMIUM=/path/to/it"
)


def find_chromium() -> str | None:
    """The program to run, or None: what CHROMIUM names, else what is installed, else Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    installed = (found for name in (*NAMES, *MAC_APPLICATIONS) if (found := shutil.which(name)))
    return next(installed, None) or _playwrights_own()


def _playwrights_own() -> str | None:
    folders = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *PLAYWRIGHT_FOLDERS]
    found = [
        path
        for folder in filter(None, folders)
        for pattern in PLAYWRIGHT_FILES
        for path in Path(folder).expanduser().glob(pattern)
    ]
    return str(max(found)) if found else None
