"""One headless Chromium for the tests of pages, and pages that fail on any complaint.

Without the Playwright package or a Chromium the tests here are skipped with the reason;
``scripts/install_chromium.sh`` installs one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import OpenPage, Shot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # WebGL in software, the same picture on every machine.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # SwiftShader draws letters and lines six times slower than the processor by itself.
    "--disable-gpu-rasterization",
)


def chromium() -> str | None:
    """Path of a Chromium or Chrome on this machine; CHROMIUM in the environment comes first."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed (scripts/install_chromium.sh)")
    with playwright.sync_playwright() as program:
        running = program.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages; afterwards fails where one logged an error or warning, or loaded anything."""
    complaints: list[str] = []
    contexts = []

    def opened(
        where: Path | str,
        *,
        width: int = 1280,
        height: int = 720,
        dark: bool = False,
        allowed: tuple[str, ...] = (),
        before: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints, allowed)
        if before:
            page.add_init_script(before)
        page.goto(where.as_uri() if isinstance(where, Path) else where)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page: Page, complaints: list[str], allowed: tuple[str, ...]) -> None:
    """Collect what the page complains of; the driver's own software rendering is not its fault."""
    expected = (*allowed, "GPU stall due to ReadPixels")

    def note(kind: str, text: str) -> None:
        if not any(piece in text for piece in expected):
            complaints.append(f"{kind}: {text}")

    page.on("console", lambda m: note(m.type, m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: note("uncaught", str(error)))
    # What a page gives up itself, as it is left, is not refused to it.
    page.on(
        "requestfailed",
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else note("not loaded", request.url[:200])
        ),
    )


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Shot:
    """``shot(page, "name")`` keeps a picture in build/screenshots, to be looked at."""
    room = Path(request.path).stem.removeprefix("test_")

    def taken(page: Page, name: str, *, full: bool = False) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        target = SHOTS / f"{room}-{name}.png"
        page.screenshot(path=target, full_page=full)
        return target

    return taken
