"""The 3D view in a browser: it starts, snaps, obeys keys, exports, and says where it cannot."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from browsing import SIDEWAYS, OpenPage, Shot
from crystals import report_of
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

CRYSTALS = ("H3S@200GPa", "graphite", "NaCl", "skew", "molecule")
READY = "html[data-viewer=ready]"


class Reports:
    """Reports by the crystal's name, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Path] = {}

    def __getitem__(self, name: str) -> Path:
        if name not in self._made:
            self._made[name] = report_of(name, self._folder)
        return self._made[name]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    return Reports(tmp_path_factory.mktemp("view"))


def scene(page: Page) -> dict:
    return json.loads(page.locator("#scene").text_content())


def settle(page: Page) -> None:
    """Until two frames have passed, so that what was asked for is drawn."""
    page.evaluate("() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")
    page.wait_for_timeout(50)


def most_apart(one: bytes, other: bytes) -> int:
    """The largest difference of two pictures, of 255."""
    a, b = (np.asarray(Image.open(BytesIO(p)).convert("RGB"), dtype=int) for p in (one, other))
    return int(np.abs(a - b).max())


def level(page: Page) -> float:
    settle(page)
    return float(page.locator(".iso-box").get_attribute("data-level"))


def drawn_rank(page: Page) -> int:
    """The highest rank of the networks in the picture."""
    settle(page)
    counts = page.locator(".iso-box").get_attribute("data-triangles").split()
    return max((rank for rank, count in enumerate(counts) if int(count)), default=0)


def shifted(page: Page, key: str) -> None:
    page.locator("#v-level").press(key)


@pytest.mark.parametrize(("width", "height"), [(500, 900), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_view_starts(
    reports: Reports, open_page: OpenPage, shot: Shot, width: int, height: int, dark: bool
) -> None:
    page = open_page(reports["H3S@200GPa"], width=width, height=height, dark=dark)
    page.wait_for_selector(READY, state="attached")
    assert page.locator(".iso-picture canvas").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == 500:
        assert page.locator("table.piled").count() > 2
        assert page.evaluate(SIDEWAYS) == []
    inside = page.locator(".iso-picture").bounding_box()
    assert inside["y"] < 0.4 * height, "the picture is in sight at once"
    shot(page, f"start-{width}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_an_event_shows_its_network_just_open(
    reports: Reports, open_page: OpenPage, shot: Shot, crystal: str
) -> None:
    """In every cell: at a threshold the network is there, the smallest step before it is not."""
    page = open_page(reports[crystal])
    page.wait_for_selector(READY, state="attached")
    seen = 0
    shown = scene(page)
    for number in range(len(shown["cells"])):
        page.locator("#v-cell").select_option(str(number))
        for field in shown["fields"][:1]:
            reached = 0
            for place, event in enumerate(field["events"]):
                before, reached = reached, reached + len(event["ranks"])
                page.locator(".iso-jumps button:not(.segment)").nth(place).click()
                assert level(page) == event["level"]
                assert drawn_rank(page) == reached
                shot(page, f"{crystal}-cell{number}-{reached}D")
                shifted(page, "Shift+ArrowLeft")
                assert level(page) != event["level"]
                assert drawn_rank(page) == before
                seen += 1
    assert seen > 0 or crystal == "molecule"


def test_separate_thresholds_have_buttons_of_their_own(
    reports: Reports, open_page: OpenPage
) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    buttons = page.get_by_role("group", name="Go to a threshold").get_by_role("button")
    assert [text[:2] for text in buttons.all_inner_texts()] == ["1D", "2D", "3D"]
    assert page.locator(".iso-ticks span").count() == 3
    buttons.nth(1).click()
    pressed = [b.get_attribute("aria-pressed") for b in buttons.all()]
    assert pressed == ["false", "true", "false"]
    assert "along two directions" in page.locator("#v-rank").inner_text()


def test_the_slider_catches_at_events(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    events = [event["level"] for event in scene(page)["fields"][0]["events"]]
    box = page.locator("#v-level").bounding_box()
    tick = page.locator(".iso-ticks span").nth(1).bounding_box()
    x, y = tick["x"] + tick["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x + 1.5, y)
    assert level(page) == events[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    assert level(page) not in events
    assert events[1] < level(page) < events[2]
    page.mouse.move(x + 2, y)
    assert level(page) == events[1]
    page.mouse.up()


def test_a_typed_level_is_taken(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    events = [event["level"] for event in scene(page)["fields"][0]["events"]]
    typed = page.locator("#v-typed")

    def type_in(text: str) -> None:
        typed.fill(text)
        typed.press("Enter")

    type_in("0.25")
    assert level(page) == 0.25
    type_in("−2.6")
    assert level(page) == events[0], "within its digits it means the threshold"
    assert "1D threshold" in page.locator("#v-remark").inner_text()
    type_in("-2,5")
    assert level(page) == -2.5
    type_in("much")
    assert level(page) == -2.5
    assert "is no number" in page.locator("#v-remark").inner_text()
    type_in("1e6")
    assert level(page) == scene(page)["fields"][0]["levels"][-1]
    assert "only" in page.locator("#v-remark").inner_text()


def test_keys_move_the_level_and_stop_at_events(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    events = [event["level"] for event in scene(page)["fields"][0]["events"]]
    shifted(page, "Home")
    for event in events:
        shifted(page, "PageUp")
        assert level(page) == event
    shifted(page, "PageDown")
    assert level(page) == events[1]
    shifted(page, "ArrowLeft")
    assert level(page) < events[1]
    shifted(page, "ArrowRight")
    assert level(page) == events[1]
    said = page.locator("#v-level").get_attribute("aria-valuetext")
    assert said == (
        f"KS potential {events[1]:.3f} eV, at the 2D threshold, "
        "sheets: connected along two directions"
    ).replace("-", "−")


def test_the_picture_turns_by_keys(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    picture = page.locator(".iso-picture")

    def pixels() -> bytes:
        settle(page)
        return picture.screenshot()

    # The mark of focus comes with the first key.
    picture.press("0")
    first = pixels()
    seen = {first}
    for key in ("ArrowLeft", "ArrowUp", "+", "a", "b", "c"):
        picture.press(key)
        seen.add(pixels())
    assert len(seen) == 7
    picture.press("0")
    assert most_apart(pixels(), first) < 8, "but for the smoothing of the frame's corners"
    assert all(most_apart(other, first) > 80 for other in seen - {first})


def test_all_controls_are_reached_by_tab(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    page.locator(".iso-picture").focus()
    reached = []
    for _ in range(24):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
    wanted = {"v-field", "v-typed", "v-level", "v-drawn", "v-cell", "v-repeats", "v-atoms", "v-png"}
    assert wanted <= set(reached)


def test_no_serious_fault_of_accessibility(reports: Reports, open_page: OpenPage) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    # The page's own policy forbids what a test puts in; axe runs in the page all the same.
    found = axe.Axe().run(page, context="#view").response["violations"]
    serious = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_labels_keep_out_of_each_others_way(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"], width=500, height=800)
    page.wait_for_selector(READY, state="attached")
    picture = page.locator(".iso-picture")
    for key in ("0", "a", "b", "c", "ArrowLeft"):
        picture.press(key)
        settle(page)
        boxes = [b.bounding_box() for b in page.locator(".iso-label:visible").all()]
        frame = picture.bounding_box()
        assert len(boxes) >= 4
        for i, one in enumerate(boxes):
            assert one["x"] >= frame["x"]
            assert one["x"] + one["width"] <= frame["x"] + frame["width"]
            for two in boxes[i + 1 :]:
                assert (
                    one["x"] + one["width"] <= two["x"]
                    or two["x"] + two["width"] <= one["x"]
                    or one["y"] + one["height"] <= two["y"]
                    or two["y"] + two["height"] <= one["y"]
                )


def test_hydrogen_is_seen_on_white(reports: Reports, open_page: OpenPage) -> None:
    """A white ball has a dark rim: without it nothing of it would differ from the ground."""
    from matplotlib.image import imread

    page = open_page(reports["molecule"])
    page.wait_for_selector(READY, state="attached")
    page.locator("#v-drawn").select_option("open none")
    for name in ("v-bonds", "v-marks"):
        page.locator(f"#{name}").uncheck()
    settle(page)
    target = reports["molecule"].with_suffix(".png")
    page.locator(".iso-picture").screenshot(path=target)
    pixels = imread(target)[..., :3]
    assert (pixels.max(axis=-1) < 0.3).sum() > 50


def test_the_address_restores_the_view(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["H3S@200GPa"])
    page.wait_for_selector(READY, state="attached")
    fields = scene(page)["fields"]
    page.locator("#v-field").select_option(fields[1]["id"])
    page.locator("#v-drawn").select_option("closed solid")
    page.locator("#v-cell").select_option("1")
    page.locator("#v-bonds").uncheck()
    shifted(page, "End")
    shifted(page, "ArrowLeft")
    kept = level(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert level(page) == kept
    assert page.locator("#v-field").input_value() == fields[1]["id"]
    assert page.locator("#v-drawn").input_value() == "closed solid"
    assert page.locator("#v-cell").input_value() == "1"
    assert not page.locator("#v-bonds").is_checked()


def test_full_screen_and_back(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    for wanted in (True, False):
        page.locator("#v-full").click()
        page.wait_for_function(f"Boolean(document.fullscreenElement) === {str(wanted).lower()}")


def test_the_picture_is_kept_as_png(reports: Reports, open_page: OpenPage, tmp_path: Path) -> None:
    from matplotlib.image import imread

    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    with page.expect_download() as download:
        page.locator("#v-png").click()
    assert download.value.suggested_filename == "A-skew-cell.png"
    download.value.save_as(tmp_path / "view.png")
    pixels = imread(tmp_path / "view.png")
    assert pixels.shape[0] > 400
    assert pixels.shape[1] > 600
    assert len(np.unique(pixels[::4, ::4].reshape(-1, pixels.shape[2]), axis=0)) > 100
    below = pixels[-28:, :, :3]
    assert below.min() < 0.6 < below.max(), "words under the picture"


def test_the_bodies_are_kept_as_gltf(reports: Reports, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(reports["skew"])
    page.wait_for_selector(READY, state="attached")
    with page.expect_download() as download:
        page.locator("#v-gltf").click()
    download.value.save_as(tmp_path / "view.glb")
    document, binary = read_glb((tmp_path / "view.glb").read_bytes())
    assert document["asset"]["version"] == "2.0"
    triangles = 0
    for mesh in document["meshes"]:
        for part in mesh["primitives"]:
            corners = accessor(document, binary, part["attributes"]["POSITION"])
            assert np.isfinite(corners).all()
            if part.get("mode", 4) != 4:
                continue
            indices = accessor(document, binary, part["indices"]).ravel()
            assert indices.max() < len(corners)
            assert len(indices) % 3 == 0
            triangles += len(indices) // 3
            assert document["materials"][part["material"]]["pbrMetallicRoughness"]
    drawn = sum(map(int, page.locator(".iso-box").get_attribute("data-triangles").split()))
    assert triangles > drawn > 1000
    used = [node["mesh"] for node in document["nodes"] if "mesh" in node]
    assert set(used) == set(range(len(document["meshes"])))


def read_glb(data: bytes) -> tuple[dict, bytes]:
    """The two chunks of a binary glTF file (specification 2.0, section 4)."""
    magic, version, length = struct.unpack_from("<4sII", data)
    assert (magic, version, length) == (b"glTF", 2, len(data))
    chunks, at = [], 12
    while at < length:
        size, kind = struct.unpack_from("<I4s", data, at)
        assert size % 4 == 0
        chunks.append((kind, data[at + 8 : at + 8 + size]))
        at += 8 + size
    assert [kind for kind, _ in chunks] == [b"JSON", b"BIN\0"]
    return json.loads(chunks[0][1]), chunks[1][1]


def accessor(document: dict, binary: bytes, number: int) -> np.ndarray:
    found = document["accessors"][number]
    view = document["bufferViews"][found["bufferView"]]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}[found["type"]]
    kind = {5121: "<u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}[found["componentType"]]
    assert "byteStride" not in view or view["byteStride"] == width * np.dtype(kind).itemsize
    start = view.get("byteOffset", 0) + found.get("byteOffset", 0)
    values = np.frombuffer(binary, kind, width * found["count"], start)
    assert values.nbytes <= view["byteLength"]
    return values.reshape(-1, width)


def test_without_webgl_the_page_says_so(reports: Reports, open_page: OpenPage) -> None:
    page = open_page(
        reports["skew"],
        before="HTMLCanvasElement.prototype.getContext = () => null",
        allowed=("WebGL", "The 3D view could not start"),
    )
    page.wait_for_selector("html[data-viewer=failed]", state="attached")
    assert "needs WebGL" in page.locator("#viewer-fallback").inner_text()
    assert not page.locator("#viewer").is_visible()
