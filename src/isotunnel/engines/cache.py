"""A content-addressed store of engine results, so that a second run costs nothing.

One entry is one ``.npz`` file named by the SHA-256 of everything that determines the result. It is
written to a temporary name and renamed, so an entry is either complete or absent; it carries a
digest of its own content, so a damaged entry is recognised, dropped and computed again.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.magnetism import Magnetism
from isotunnel.fields.field import Field, Provenance
from isotunnel.files import default_cache_directory, keep_bytes

if TYPE_CHECKING:
    from ase import Atoms

FORMAT_VERSION = 1
"""Raised whenever the layout of an entry changes; older entries are then not found."""

POSITION_TOLERANCE = 1e-6
"""Fractional coordinates, and cell components in angstrom, closer than this count as equal
(unless they straddle a rounding edge, which only costs a second calculation)."""

DAMAGE = (
    *(ValueError, KeyError, TypeError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
    # A flipped bit may announce encryption, or a compression that there is not.
    RuntimeError,
)
"""What reading a damaged entry raises."""

_PLAIN = tuple(
    f.name for f in fields(ElectronicStructure) if f.name not in {"atoms", "fields", "engine"}
)


def cache_key(
    atoms: Atoms, engine: str, settings: Mapping[str, Any], versions: Mapping[str, str]
) -> str:
    """SHA-256 over all that determines a result, as 64 hexadecimal digits.

    Atoms are taken in the order given, positions modulo lattice vectors; cell and positions are
    rounded to :data:`POSITION_TOLERANCE`. ``settings`` must consist of plain JSON values.
    """
    digits = round(-np.log10(POSITION_TOLERANCE))
    scaled = np.round(atoms.get_scaled_positions(wrap=True), digits) % 1.0
    content = {
        "format": FORMAT_VERSION,
        "engine": engine,
        "numbers": atoms.numbers.tolist(),
        # Adding zero turns -0.0 into 0.0, which JSON would tell apart.
        "cell": (np.round(atoms.cell.array, digits) + 0.0).tolist(),
        "scaled_positions": (np.round(scaled, digits) + 0.0).tolist(),
        "pbc": atoms.pbc.tolist(),
        "magnetic_moments": (np.round(atoms.get_initial_magnetic_moments(), digits) + 0.0).tolist(),
        "settings": dict(settings),
        "versions": dict(versions),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


class ResultCache:
    """Engine results in a directory, by :func:`cache_key`.

    The directory is made at the first :meth:`store`. Several processes may share it.
    """

    def __init__(self, directory: Path | str | None = None) -> None:
        self.directory = default_cache_directory() if directory is None else Path(directory)

    def path(self, key: str) -> Path:
        """The file of an entry, which need not exist."""
        return self.directory / f"v{FORMAT_VERSION}" / key[:2] / f"{key}.npz"

    def load(self, key: str, atoms: Atoms | None = None) -> ElectronicStructure | None:
        """The stored result, or None where there is none or it is damaged (then it is removed).

        ``atoms``, if given, replaces the stored atoms: the caller's may differ by lattice vectors
        or by less than the tolerance.
        """
        path = self.path(key)
        try:
            payload = path.read_bytes()
        except OSError:
            return None
        try:
            structure = unpack_structure(payload)
        except DAMAGE:
            with suppress(OSError):
                path.unlink()
            return None
        return structure if atoms is None else _with_atoms(structure, atoms)

    def store(self, key: str, structure: ElectronicStructure) -> bool:
        """Write an entry, whole or not at all; False where the directory cannot be written."""
        return keep_bytes(self.path(key), pack_structure(structure))

    def clear(self) -> int:
        """Remove every entry of this format version; the number removed."""
        count = 0
        for path in (self.directory / f"v{FORMAT_VERSION}").glob("??/*.npz"):
            with suppress(OSError):
                path.unlink()
                count += 1
        return count


def _with_atoms(structure: ElectronicStructure, atoms: Atoms) -> ElectronicStructure:
    own = atoms.copy()
    renewed = {kind: replace(field, atoms=own) for kind, field in structure.fields.items()}
    return replace(structure, atoms=own, fields=renewed)


def pack_structure(structure: ElectronicStructure) -> bytes:
    """The whole result as the bytes of an ``.npz`` archive, with a digest of its content."""
    arrays: dict[str, NDArray[Any]] = {
        "numbers": structure.atoms.numbers,
        "cell": structure.atoms.cell.array,
        "positions": structure.atoms.positions,
        "pbc": structure.atoms.pbc,
    }
    described = {}
    for kind, field in structure.fields.items():
        arrays[f"field_{kind}"] = field.values
        described[kind] = {
            "kind": str(field.kind),
            "unit": field.unit,
            "origin": field.origin.tolist(),
            "cell": field.cell.tolist(),
            "spin": field.spin,
            "provenance": asdict(field.provenance),
        }
    meta = {
        "engine": structure.engine,
        "fields": described,
        "plain": {name: _plain(getattr(structure, name)) for name in _PLAIN},
    }
    text = json.dumps(meta)
    arrays["meta"] = np.frombuffer(text.encode(), dtype=np.uint8)
    arrays["digest"] = np.frombuffer(_digest(arrays), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def unpack_structure(payload: bytes) -> ElectronicStructure:
    """The result that :func:`pack_structure` packed.

    Raises:
        One of :data:`DAMAGE`: the bytes are damaged or of another layout.
    """
    from ase import Atoms

    with np.load(io.BytesIO(payload), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    digest = arrays.pop("digest").tobytes()
    if digest != _digest(arrays):
        raise ValueError("the entry's content does not match its digest")
    meta = json.loads(arrays["meta"].tobytes())
    atoms = Atoms(
        numbers=arrays["numbers"],
        positions=arrays["positions"],
        cell=arrays["cell"],
        pbc=arrays["pbc"],
    )
    loaded = {}
    for kind, d in meta["fields"].items():
        provenance = d["provenance"]
        for name in ("notes", "warnings"):
            provenance[name] = tuple(provenance[name])
        loaded[kind] = Field(
            arrays[f"field_{kind}"],
            np.array(d["cell"]),
            d["kind"],
            unit=d["unit"],
            origin=np.array(d["origin"]),
            atoms=atoms,
            spin=d["spin"],
            provenance=Provenance(**provenance),
        )
    plain = meta["plain"]
    for name in ("augmentation_radii", "warnings"):
        plain[name] = tuple(plain[name])
    if plain.get("magnetism") is not None:
        plain["magnetism"] = Magnetism.of_plain(plain["magnetism"])
    return ElectronicStructure(atoms=atoms, engine=meta["engine"], fields=loaded, **plain)


def _digest(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    # The zip's own CRC guards each member, but not against members of two entries mixed up.
    total = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name} {array.dtype.str} {array.shape}".encode())
        total.update(array.tobytes())
    return total.digest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, np.generic):
        return value.item()
    return value
