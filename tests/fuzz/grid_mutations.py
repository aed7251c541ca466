"""Mutations of grid files, and what may come of reading one: fields, or one of our errors."""

from __future__ import annotations

import json
import random
import resource
import signal
from pathlib import Path

import numpy as np

from isotunnel.errors import IsotunnelError
from isotunnel.fields import read_fields

WORDS = (
    *(b"nan", b"****", b"-", b"9999999", b" ", b"\n", b"1e999", b"0", b"-1", b"1e8", b"1E-320"),
    *(b"99999999999999999999", b".", b"1.0-102", b"\t", b"\x00", b"1 1", b"#", b"END", b"\xef\xbb"),
)
NUMBERS = (0, -1, 1, 2, 7, 1e3, 1e9, -1e9, 1e30, 1e308, 2**31, 2**63, 0.5, 1e-300, float("nan"))
SLOW_SECONDS = 10
SPARE_BYTES = 64 << 20


def mutated_text(data: bytes, rng: random.Random) -> bytes:
    """A few bytes, words, lines or pieces replaced, put in, taken out, repeated or cut off."""
    for _ in range(rng.randint(1, 4)):
        # Half of the changes fall into the head, where the counts stand.
        reach = min(len(data), 600) if rng.random() < 0.5 else len(data)
        at = rng.randrange(max(reach, 1))
        piece = rng.choice(WORDS) if rng.random() < 0.7 else rng.randbytes(rng.randint(1, 6))
        action = rng.randrange(6)
        if action == 0:
            data = data[:at] + piece + data[at + len(piece) :]
        elif action == 1:
            data = data[:at] + piece + data[at:]
        elif action == 2:
            data = data[:at] + data[at + rng.randint(1, 40) :]
        elif action == 3:
            data = data[:at] + data[at : at + 200] * 2 + data[at + 200 :]
        elif action == 4:
            data = _word_replaced(data, at, piece)
        else:
            data = data[: max(at, 1)]
    return data


def _word_replaced(data: bytes, at: int, piece: bytes) -> bytes:
    begin = at
    while begin > 0 and not data[begin - 1 : begin].isspace():
        begin -= 1
    end = at
    while end < len(data) and not data[end : end + 1].isspace():
        end += 1
    return data[:begin] + piece + data[end:]


def mutated_ulm(data: bytes, rng: random.Random) -> bytes:
    """A .gpw file with numbers of its tree changed, as well as bytes anywhere."""
    if rng.random() < 0.3:
        return mutated_text(data, rng)
    index = int(np.frombuffer(data[40:48], "<i8")[0])
    tree_at = int(np.frombuffer(data[index : index + 8], "<i8")[0])
    length = int(np.frombuffer(data[tree_at : tree_at + 8], "<i8")[0])
    tree = json.loads(data[tree_at + 8 : tree_at + 8 + length])
    for _ in range(rng.randint(1, 3)):
        _change_one(tree, rng)
    text = json.dumps(tree).encode()
    body = data[: len(data)]
    place = len(body)
    new = body + np.array([len(text)], "<i8").tobytes() + text
    return new[:index] + np.array([place], "<i8").tobytes() + new[index + 8 :]


def _change_one(tree, rng: random.Random) -> None:
    """Change, drop or retype one leaf somewhere in the tree."""
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and rng.random() < 0.85:
            node = node[key]
            continue
        action = rng.randrange(4)
        if action == 0:
            del node[key]
        elif action == 1:
            node[key] = rng.choice([None, "x", [], {}, [1, 2], True])
        else:
            node[key] = rng.choice(NUMBERS)
        return


def attempt(path: Path, data: bytes, **wishes) -> str | None:
    """What went wrong in reading mutated bytes, None where nothing did.

    A foreign exception, a message of several lines or without the file's name, more than
    :data:`SLOW_SECONDS`, or memory beyond four times the file (and some to spare) is wrong.
    """
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(SLOW_SECONDS)
    try:
        read_fields(path, **wishes)
    except IsotunnelError as error:
        text = str(error)
        if "\n" in text or path.name not in text:
            return f"message {text[:200]!r}"
    except TimeoutError:
        return "a hang"
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        signal.alarm(0)
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    return f"{grown >> 20} MB" if grown > 4 * len(data) + SPARE_BYTES else None


def _too_slow(_signal: int, _frame: object) -> None:
    raise TimeoutError
