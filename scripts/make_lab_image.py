"""Make docs/images/web-lab.png: the web lab's pressure view, by Playwright and a Chromium.

Usage: python scripts/make_lab_image.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from lab_server import served

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "web-lab.png"
VIEW = "pressure/Xe?p=60.4"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Start a lab of its own, and keep what its page shows."""
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as address:
        picture(f"{address}#/{VIEW}")
    return 0


def picture(address: str) -> None:
    """A window of usual size."""
    with sync_playwright() as program:
        browser = program.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, NAMES))), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(address)
        page.wait_for_selector(".chart svg")
        page.wait_for_timeout(500)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
