"""A filter of OPTIMADE as input, answered by a server of this test."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from isotunnel.errors import FileFormatError, InputError
from isotunnel.screening import optimade
from isotunnel.screening.crystal_inputs import inputs_of
from isotunnel.screening.worker import Failure, Prepared, prepare
from screening.worlds import CRYSTALS


def entry(name, atoms, occupancy=1.0):
    symbols = sorted(set(atoms.get_chemical_symbols()))
    return {
        "id": name,
        "type": "structures",
        "attributes": {
            "lattice_vectors": atoms.cell.array.tolist(),
            "cartesian_site_positions": atoms.positions.tolist(),
            "species_at_sites": list(atoms.get_chemical_symbols()),
            "species": [
                {"name": s, "chemical_symbols": [s], "concentration": [occupancy]} for s in symbols
            ],
        },
    }


@pytest.fixture
def database(monkeypatch):
    """Its address, and what was asked of it; the first call of all fails."""
    monkeypatch.setattr(optimade, "_WAIT_S", 0.01)
    entries = [entry(name, atoms) for name, atoms in CRYSTALS.items()]
    entries.insert(2, entry("shared", CRYSTALS["Cu"], occupancy=0.5))
    asked: list[dict[str, list[str]]] = []

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            asked.append(query)
            if query.get("filter") == ["bad"]:
                return self.say(400, {"errors": [{"detail": "no such property"}]})
            if query.get("filter") == ["prose"]:
                return self.say(200, {"hello": 1})
            if len(asked) == 1:
                return self.say(503, {})
            start, limit = int(query.get("page_offset", ["0"])[0]), int(query["page_limit"][0])
            limit = min(limit, 3)
            more = f"{parts.path}?filter=x&page_limit={limit}&page_offset={start + limit}"
            links = {"next": {"href": more} if start == 0 else more}
            return self.say(
                200,
                {
                    "data": entries[start : start + limit],
                    "links": links if start + limit < len(entries) else {"next": None},
                    "meta": {"data_returned": len(entries)},
                },
            )

        def say(self, status: int, document: object) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/structures", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_page_is_read_and_partial_occupancies_are_failures(database):
    address, asked = database
    found = list(inputs_of([f'{address}?filter=elements HAS "Cu"']))
    names = [i.source.rpartition("/")[2] for i in found]
    assert names == ["Cu", "Na", "shared", "NaCl", "Si"]
    answers = {n: prepare(i, 0.0) for n, i in zip(names, found, strict=True)}
    formulas = {n: a.formula for n, a in answers.items() if isinstance(a, Prepared)}
    assert formulas == {"Cu": "Cu", "Na": "Na", "NaCl": "ClNa", "Si": "Si"}
    assert isinstance(answers["shared"], Failure)
    assert "partial occupancy of Cu" in answers["shared"].message
    # The first call failed and was made again.
    assert len(asked) == 3
    assert asked[1]["filter"] == ['elements HAS "Cu"']
    assert "lattice_vectors" in asked[1]["response_fields"][0]


def test_the_cells_are_those_of_the_database(database):
    from isotunnel.screening.one_crystal import unpacked

    found = {i.source.rpartition("/")[2]: i for i in inputs_of([database[0]])}
    atoms = unpacked(found["NaCl"].payload)
    assert atoms.get_all_distances(mic=True) == pytest.approx(
        CRYSTALS["NaCl"].get_all_distances(mic=True)
    )


def test_how_many_there_are_is_asked_not_counted(database):
    address, asked = database
    assert optimade.count_of(address) == 5
    assert asked[-1]["page_limit"] == ["1"]


@pytest.mark.parametrize(
    ("asked_for", "error", "says"),
    [("bad", InputError, "refused .400: no such property"), ("prose", FileFormatError, "no OPTIM")],
)
def test_refusals_and_other_answers(database, asked_for, error, says):
    with pytest.raises(error, match=says):
        list(inputs_of([f"{database[0]}?filter={asked_for}"]))


def test_nobody_there(monkeypatch):
    monkeypatch.setattr(optimade, "_WAIT_S", 0.01)
    with pytest.raises(InputError, match="no answer"):
        list(inputs_of(["http://127.0.0.1:9/v1/structures?filter=x"]))
    assert not optimade.is_address("https://example.org/cifs.tar.xz")
