"""Shoots the pictures that the documents show into docs/screenshots/: ``.venv/bin/python docs/screenshots.py``.

Those are a story's own pages at three widths, light and dark, and of the others what a document asks for by name.
``--every --output FOLDER`` shoots all pages at all widths, to be looked at; ``--only judging`` those whose name holds
this word. What they show is made by docs/scene.py, in a database of its own that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "claims.settings"

from tests.chromium import HOW_TO_INSTALL, find_chromium  # noqa: E402 - needs the path above

SIZES = {1440: 900, 1024: 768, 390: 844}
SCHEMES = ("light", "dark")
#: Pages shot at every width, light and dark, whether or not a document shows them.
EVERYWHERE = {
    *("stories", "overview", "side-by-side", "matrix", "quotations", "claim"),
    *("articles", "articles-begun", "article", "sentences"),
}
COLOURS = 128  # as many as a page of text and few colours needs; a third of the bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", action="store_true", help="shoot all pages at all widths, light and dark")
    parser.add_argument("--only", default="", help="shoot the pages whose name holds this word")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "screenshots")
    options = parser.parse_args()
    chromium = find_chromium() or sys.exit(HOW_TO_INSTALL)
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "screenshots.sqlite3"
        os.environ["DATABASE_URL"] = f"sqlite:///{database}"
        scene = make_scene()
        copy(database, built := database.with_suffix(".built"))
        with server() as origin, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for scheme in SCHEMES:
                for width in SIZES:
                    shots = {n: s for n, s in scene.shots.items() if options.only in n}
                    if not options.every:
                        shots = {
                            n: s for n, s in shots.items() if n in EVERYWHERE or f"{n}-{width}-{scheme}" in shown()
                        }
                    copy(built, database)  # what is done on a page before it is shot is done anew
                    shoot(Camera(browser, origin, scene.cookies, scheme, width, options.output), shots)
    print(f"{sum(file.stat().st_size for file in options.output.iterdir()) / 1e6:.1f} MB in {options.output}")


def make_scene() -> Any:
    import django  # only now: its settings read DATABASE_URL

    django.setup()
    from docs.scene import build

    return build()


def shown() -> set[str]:
    """The pictures that a document shows."""
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "README.md", *ROOT.glob("docs/*.md"))]
    return {name for text in texts for name in re.findall(r"screenshots/([\w-]+)\.png", text)}


def copy(source: Path, target: Path) -> None:
    """The rows of one database, also into one that a server has open."""
    with sqlite3.connect(source) as rows, sqlite3.connect(target) as place:
        rows.backup(place)


@contextmanager
def server() -> Iterator[str]:
    """The address of a server on the scratch database, in this process: nothing has to be compared any more."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as serving:
        serving.set_app(StaticFilesHandler(get_wsgi_application()))
        Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


@dataclass(frozen=True)
class Camera:
    browser: Browser
    origin: str
    cookies: dict[str, str]
    scheme: Literal["light", "dark"]
    width: int
    folder: Path

    def page_of(self, who: str) -> Page:
        """The page of a browser in which this person is logged in, or nobody."""
        context = self.browser.new_context(
            base_url=self.origin,
            viewport={"width": self.width, "height": SIZES[self.width]},
            color_scheme=self.scheme,
            reduced_motion="reduce",
            has_touch=self.width == min(SIZES),
        )
        if who:
            context.add_cookies([{"name": "sessionid", "value": self.cookies[who], "url": self.origin}])
        return context.new_page()


def shoot(camera: Camera, shots: dict[str, Any]) -> None:
    for name, shot in shots.items():
        page = camera.page_of(shot.who)
        page.goto(shot.path)
        settle(page)
        if shot.do:
            shot.do(page)
            settle(page)
        page.screenshot(path=(file := camera.folder / f"{name}-{camera.width}-{camera.scheme}.png"))
        with Image.open(file) as picture:
            picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        page.context.close()


def settle(page: Page) -> None:
    """Wait for fonts and for what htmx fetches by itself."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main()
