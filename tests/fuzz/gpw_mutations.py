"""Damage to a .gpw file: numbers and branches of its tree, or bytes anywhere."""

from __future__ import annotations

import json
import random

import numpy as np
from mutations import mutated

_VALUES = (0, -1, 1, 2, 7, 1e3, 1e9, -1e9, 1e30, 1e308, 2**31, 2**63, 0.5, 1e-300, float("nan"))
_OTHERS = (None, "x", [], {}, [1, 2], True)


def mutated_gpw(data: bytes, seed: int) -> bytes:
    """``data`` with one to three changes to its tree, or with bytes changed as in any file."""
    source = random.Random(seed)
    if source.random() < 0.3:
        return mutated(data, seed)
    index = _number(data, 40)
    at = _number(data, index)
    tree = json.loads(data[at + 8 : at + 8 + _number(data, at)])
    for _ in range(source.randint(1, 3)):
        _change_a_leaf(tree, source)
    text = json.dumps(tree).encode()
    # The new tree goes to the end, and the index points there.
    moved = data[:index] + _bytes(len(data)) + data[index + 8 :]
    return moved + _bytes(len(text)) + text


def _number(data: bytes, at: int) -> int:
    return int(np.frombuffer(data[at : at + 8], "<i8")[0])


def _bytes(number: int) -> bytes:
    return np.array([number], "<i8").tobytes()


def _change_a_leaf(tree, source: random.Random) -> None:
    """Change, drop or retype something somewhere in the tree."""
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = source.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and source.random() < 0.85:
            node = node[key]
            continue
        action = source.randrange(4)
        if action == 0:
            del node[key]
        elif action == 1:
            node[key] = source.choice(_OTHERS)
        else:
            node[key] = source.choice(_VALUES)
        return
