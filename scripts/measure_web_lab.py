"""How fast the web lab is on this machine: first paint, steps of the level slider, a large file.

python scripts/measure_web_lab.py

Needs Playwright and a Chromium (scripts/install_chromium.sh). Draws with WebGL in software, so a
machine with a graphics card is faster than the numbers here. Prints one line per measurement; the
figures of docs/how-to/web-lab.md are from here.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lab_server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STEPS = 20
FLAGS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
READY = ".iso-viewer[data-ready]"
HEARTBEAT = """
window.longestPause = 0;
let before = performance.now();
setInterval(() => {
  const now = performance.now();
  window.longestPause = Math.max(window.longestPause, now - before);
  before = now;
}, 10);
"""
# From the slider's event to the frame after the surface is there.
STEP = """async (places) => {
  const [box, slider] = [document.querySelector(".iso-box"), document.querySelector("#v-level")];
  const times = [];
  for (const place of places) {
    const begun = performance.now();
    const shown = new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(box, { attributes: true, attributeFilter: ["data-level"] });
    });
    slider.value = String(place);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await shown;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - begun);
  }
  return times;
}"""


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    print(f"front end, gzipped: {front_end_bytes() / 1e3:.0f} kB")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "home") as address,
        sync_playwright() as program,
    ):
        browser = program.chromium.launch(executable_path=chromium, args=list(FLAGS))
        measure_first_paint(browser, address)
        for points in (64, 128, 140):
            measure_steps(browser, address, chgcar(Path(folder) / f"CHGCAR-{points}", points))
        browser.close()


def front_end_bytes() -> int:
    """All that a browser may ever fetch of the page."""
    static = Path(str(resources.files("isotunnel.web"))) / "static"
    return sum(len(gzip.compress(path.read_bytes())) for path in static.iterdir())


def measure_first_paint(browser: Browser, address: str) -> None:
    """Of three fresh pages."""
    times = []
    for _ in range(3):
        page = opened(browser, address)
        page.wait_for_selector("main h1")
        while not page.evaluate("performance.getEntriesByType('paint').length"):
            page.wait_for_timeout(100)
        times.append(page.evaluate("performance.getEntriesByType('paint')[0].startTime"))
        page.context.close()
    print(f"first paint: {statistics.median(times):.0f} ms")


def measure_steps(browser: Browser, address: str, file: Path) -> None:
    """Upload a file, then move the level; the page's longest silence all the while."""
    page = opened(browser, f"{address}#/crystal")
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_selector(f"{READY}, main .problem", timeout=300_000)
    before = page.evaluate("window.longestPause")
    places = [150 + 35 * step for step in range(STEPS)]
    times = sorted(page.evaluate(STEP, places))
    triangles = page.locator(".iso-box").get_attribute("data-triangles")
    pause = page.evaluate("window.longestPause")
    print(
        f"{file.name} ({file.stat().st_size / 1e6:.0f} MB): a step takes "
        f"{statistics.median(times):.0f} ms (slowest {times[-1]:.0f} ms; {triangles} triangles at "
        f"the last); the page was silent for at most {before:.0f} ms while it came, "
        f"{pause:.0f} ms in all"
    )
    page.context.close()


def opened(browser: Browser, address: str) -> Page:
    """A page of its own, that counts its pauses."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(HEARTBEAT)
    page.goto(address)
    return page


def chgcar(target: Path, points: int) -> Path:
    """A charge density with 27 maxima in the cell, so that its surfaces are large."""
    x = 6 * np.pi * np.arange(points) / points
    a, b, c = np.cos(x)[:, None, None], np.cos(x)[:, None], np.cos(x)
    values = np.broadcast_to(3.2 + a + b + c, (points,) * 3).ravel(order="F")
    words = [f" {value:17.11E}" for value in values]
    lines = "\n".join("".join(words[at : at + 5]) for at in range(0, len(words), 5))
    head = "NaCl\n1.0\n 4 0 0\n 0 4 0\n 0 0 4\nNa Cl\n1 1\nDirect\n 0 0 0\n .5 .5 .5\n\n"
    target.write_text(f"{head} {points} {points} {points}\n{lines}\n")
    return target


if __name__ == "__main__":
    main()
