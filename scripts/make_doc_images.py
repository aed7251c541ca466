"""Make the pictures of the documentation from real results.

    OMP_NUM_THREADS=1 python scripts/make_doc_images.py

Draws the phase diagram of lead, squeezed atoms and molecules. Computes H3S at about 200 GPa with
GPAW (from the cache where it has been computed before), writes its report, and keeps one figure
and, where Chromium is installed, a screenshot of the 3D view.

    python scripts/make_doc_images.py molecules

draws only the molecules, from the points that come with Isotunnel; ``critical`` in its place only
the critical fields.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from isotunnel import analyze, write_report
from isotunnel.bonding.bond import bond_of
from isotunnel.bonding.bond_points import shipped
from isotunnel.diagrams import diagram
from isotunnel.report import write_diagram
from isotunnel.report.figures.bond import draw_bond
from isotunnel.report.figures.critical import draw_families
from isotunnel.report.figures.squeezed import draw_squeezed
from isotunnel.studies.critical_curves import thermodynamic_curves, upper_curves
from isotunnel.studies.squeezed import squeezed_elements

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CRYSTAL = "H3S@200GPa"
GASES = ("He", "Ne", "Ar", "Kr", "Xe")
MOLECULES = {"bond-h4": ("h4", "levels"), "bond-he2-density": ("he2", "density")}
"""By picture: the molecule, and which of its figures."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_WIDTH, _HEIGHT = 1180, 760
_ONLY_THE_VIEW = "<style>main > *:not(#view) {display: none !important}</style></head>"


def main() -> int:
    """Write the pictures of molecules, lead's diagram, squeezed atoms and H3S."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:] != ["critical"]:
            _molecules(Path(folder))
        if sys.argv[1:] == ["molecules"]:
            return 0
        families = draw_families(thermodynamic_curves(), upper_curves(), Path(folder))
        _keep(Image.open(families["png"]), IMAGES / "critical-families.png")
        if sys.argv[1:] == ["critical"]:
            return 0
        drawn = write_diagram(diagram("Pb"), png=Path(folder) / "pb.png")
        _keep(Image.open(drawn.png), IMAGES / "pb-diagram.png")
        squeezed = draw_squeezed(squeezed_elements(GASES), Path(folder))
        _keep(Image.open(squeezed["cloud-He-hcp"]["png"]), IMAGES / "squeezed-helium.png")
        _keep(Image.open(squeezed["energies"]["png"]), IMAGES / "squeezed-energies.png")
        report = write_report(analyze(CRYSTAL, engine="gpaw"), Path(folder) / "h3s.html")
        figure = next(f for f in report.figures if f.name.endswith("-slice.png"))
        _keep(Image.open(figure), IMAGES / "h3s-elf-slice.png")
        shot = screenshot(report.html, Path(folder))
        if shot is None:
            print("no Chromium found: the picture of the report was left as it is", file=sys.stderr)
            return 1
        _keep(shot, IMAGES / "h3s-report.png")
    return 0


def _molecules(folder: Path) -> None:
    for picture, (molecule, figure) in MOLECULES.items():
        drawn = draw_bond(bond_of(shipped(molecule)), folder)
        _keep(Image.open(drawn[figure]["png"]), IMAGES / f"{picture}.png")


def screenshot(page: Path, folder: Path) -> Image.Image | None:
    """The section of the report with the 3D view, or None without a browser."""
    browser = next((b for b in _BROWSERS if shutil.which(b)), None)
    if browser is None:
        return None
    target = folder / "page.png"
    alone = page.with_name("view.html")
    text = page.read_text(encoding="utf-8")
    alone.write_text(text.replace("</head>", _ONLY_THE_VIEW, 1), encoding="utf-8")
    subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--use-gl=angle"),
            *("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--hide-scrollbars", f"--window-size={_WIDTH},{_HEIGHT}"),
            *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=8000"),
            *(f"--screenshot={target}", alone.as_uri()),
        ],
        check=True,
        timeout=300,
        capture_output=True,
    )
    return Image.open(target)


def _keep(image: Image.Image, path: Path) -> None:
    image.convert("RGB").save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
