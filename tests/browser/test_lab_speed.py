"""The first picture soon, and memory that stays where it is while a slider moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import OpenPage
from lab_server import served

MOVES = 200
MIB = 1 << 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.mark.slow
def test_the_first_picture_is_there_soon(server: str, open_page: OpenPage) -> None:
    page = open_page(server)
    page.wait_for_selector("main h1")
    paint = "performance.getEntriesByType('paint')"
    page.wait_for_timeout(500)
    assert page.evaluate(f"{paint}[0].startTime") < 1500


@pytest.mark.slow
def test_memory_is_steady_over_two_hundred_moves(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/pressure/Xe")
    page.wait_for_selector(".chart svg")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def used() -> float:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize"))

    def move(number: int) -> None:
        page.locator("input[type=range]").evaluate(
            "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }",
            str(12 + number * 7 % 180),
        )
        page.wait_for_timeout(20)

    for number in range(20):
        move(number)
    before = used()
    for number in range(MOVES):
        move(number)
    assert "p=" in page.url
    assert used() - before < 3 * MIB
