"""Writing meshes: PLY, OBJ and glTF, all in angstrom."""

from __future__ import annotations

import base64
import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np

from isotunnel.errors import InputError
from isotunnel.fields.surface import Mesh
from isotunnel.files import write_whole

_GLB_MAGIC, _JSON_CHUNK, _BINARY_CHUNK = 0x46546C67, 0x4E4F534A, 0x004E4942


def write_mesh(mesh: Mesh, path: str | os.PathLike[str], name: str = "surface") -> None:
    """Write a mesh: ".ply" (binary), ".obj", ".glb" or ".gltf", whole or not at all.

    One unit of length of the file is one angstrom; glTF, whose unit is the metre, then shows the
    crystal 10^10 times as large as it is. Points are single precision in all but OBJ.

    Args:
        mesh: the mesh.
        path: the file.
        name: of the object, where the format has one.

    Raises:
        InputError: another suffix, or the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise InputError(f"{os.fspath(path)}: meshes are written as {known}")
    write_whole(path, _WRITERS[suffix](mesh, name))


def _ply(mesh: Mesh, name: str) -> bytes:
    header = (
        f"ply\nformat binary_little_endian 1.0\ncomment {name}, angstrom\n"
        f"element vertex {len(mesh.points)}\n"
        "property float x\nproperty float y\nproperty float z\n"
        f"element face {len(mesh.triangles)}\n"
        "property list uchar int vertex_indices\nend_header\n"
    )
    faces = np.empty(len(mesh.triangles), dtype=[("n", "u1"), ("v", "<i4", (3,))])
    faces["n"], faces["v"] = 3, mesh.triangles
    return header.encode() + mesh.points.astype("<f4").tobytes() + faces.tobytes()


def _obj(mesh: Mesh, name: str) -> bytes:
    lines = [f"# angstrom\no {name}\n"]
    lines += [f"v {x:.7f} {y:.7f} {z:.7f}\n" for x, y, z in mesh.points.tolist()]
    lines += [f"f {a} {b} {c}\n" for a, b, c in (mesh.triangles + 1).tolist()]
    return "".join(lines).encode()


def _gltf(mesh: Mesh, name: str) -> bytes:
    document, payload = _gltf_parts(mesh, name)
    text = base64.b64encode(payload).decode()
    document["buffers"] = [
        {"byteLength": len(payload), "uri": f"data:application/octet-stream;base64,{text}"}
    ]
    return json.dumps(document).encode()


def _glb(mesh: Mesh, name: str) -> bytes:
    document, payload = _gltf_parts(mesh, name)
    document["buffers"] = [{"byteLength": len(payload)}]
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<II", len(text), _JSON_CHUNK) + text
    chunks += struct.pack("<II", len(payload), _BINARY_CHUNK) + payload
    return struct.pack("<III", _GLB_MAGIC, 2, 12 + len(chunks)) + chunks


def _gltf_parts(mesh: Mesh, name: str) -> tuple[dict[str, object], bytes]:
    points = mesh.points.astype("<f4")
    indices = mesh.triangles.astype("<u4").ravel()
    payload = points.tobytes() + indices.tobytes()
    views = [
        {"buffer": 0, "byteOffset": 0, "byteLength": points.nbytes, "target": 34962},
        {"buffer": 0, "byteOffset": points.nbytes, "byteLength": indices.nbytes, "target": 34963},
    ]
    accessors = [
        {
            "bufferView": 0,
            "componentType": 5126,
            "count": len(points),
            "type": "VEC3",
            "min": points.min(axis=0).tolist(),
            "max": points.max(axis=0).tolist(),
        },
        {"bufferView": 1, "componentType": 5125, "count": len(indices), "type": "SCALAR"},
    ]
    document: dict[str, object] = {
        "asset": {"version": "2.0", "generator": "Isotunnel", "extras": {"unit": "angstrom"}},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": name}],
        "meshes": [
            {"name": name, "primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "mode": 4}]}
        ],
        "bufferViews": views,
        "accessors": accessors,
    }
    return document, payload


_WRITERS: dict[str, Callable[[Mesh, str], bytes]] = {
    ".ply": _ply,
    ".obj": _obj,
    ".glb": _glb,
    ".gltf": _gltf,
}
