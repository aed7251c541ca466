"""Damage done to good files, and the watch over what reading them takes.

One seed gives one file, so that a failure can be made again: ``mutated(data, seed)``.
"""

from __future__ import annotations

import random
import re
import signal
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from isotunnel.errors import InputError

PATIENCE_S = 10
MEMORY_FACTOR = 4
MEMORY_FLOOR = 8 << 20
"""Bytes that any reader may take: modules loaded on first use, tables of elements."""

_PIECES = (
    *(b"nan", b"inf", b"-", b"+", b"****", b"9999999999", b"-1", b"0", b"1e400", b"1.0D0", b"?"),
    *(b".", b"'", b'"', b";", b"#", b"\n", b"\r", b"\t", b" ", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"loop_", b"data_", b"x,y,z", b"(3)", b"1/0", b"=", b":", b"2147483648", b"Qq", b"D"),
)
_NUMBER = re.compile(rb"[-+]?\d+\.?\d*")
_WORD = re.compile(rb"\S+")


def mutated(data: bytes, seed: int) -> bytes:
    """``data`` with one to four changes: bytes, numbers, words, lines, or an end cut off."""
    source = random.Random(seed)
    for _ in range(source.choice((1, 1, 1, 2, 4))):
        data = source.choice(_CHANGES)(data, source)
    return data


def _bytes(data: bytes, source: random.Random) -> bytes:
    at, piece = source.randrange(len(data) + 1), source.choice(_PIECES)
    gone = source.choice((0, len(piece), source.randint(0, 20)))
    return data[:at] + piece + data[at + gone :]


def _number(data: bytes, source: random.Random) -> bytes:
    return _one_match(data, source, _NUMBER)


def _word(data: bytes, source: random.Random) -> bytes:
    return _one_match(data, source, _WORD)


def _one_match(data: bytes, source: random.Random, pattern: re.Pattern[bytes]) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = source.choice(found)
    return data[: match.start()] + source.choice(_PIECES) + data[match.end() :]


def _lines(data: bytes, source: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at, other = source.randrange(len(lines)), source.randrange(len(lines))
    action = source.choice(("drop", "double", "swap", "many"))
    if action == "drop":
        del lines[at]
    elif action == "double":
        lines.insert(at, lines[at])
    elif action == "many":
        lines[at:at] = lines[at : at + 3] * 20
    else:
        lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


def _cut(data: bytes, source: random.Random) -> bytes:
    return data[: source.randrange(len(data) + 1)]


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_bytes, _bytes, _number, _number, _word, _word, _lines, _cut),
)


@dataclass
class Tally:
    """What came of many files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    most_memory: int = 0


class Traced:
    """Peak of what Python and numpy allocate; exact, at four times the time."""

    def start(self) -> None:
        tracemalloc.start()

    def peak(self) -> int:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak


class Resident:
    """Peak of the process's resident memory above its start, by Linux's own mark; costs nothing."""

    _status, _mark = Path("/proc/self/status"), Path("/proc/self/clear_refs")

    @classmethod
    def there(cls) -> bool:
        return cls._status.exists() and cls._mark.exists()

    def start(self) -> None:
        self._mark.write_text("5")
        self._before = self._bytes("VmRSS")

    def peak(self) -> int:
        return max(0, self._bytes("VmHWM") - self._before)

    def _bytes(self, what: str) -> int:
        lines = self._status.read_text().splitlines()
        return next(int(x.split()[1]) for x in lines if x.startswith(f"{what}:")) * 1024


Scales = Traced | Resident


def attempt(
    read: Callable[[], object], size: int, name: str, tally: Tally, scales: Scales | None = None
) -> None:
    """Read one file under the clock and the scales; only an InputError of one line may come."""
    scales = scales or Traced()
    scales.start()
    try:
        with time_limit(PATIENCE_S):
            read()
        tally.outcomes["read"] += 1
    except InputError as error:
        tally.outcomes["refused"] += 1
        if "\n" in str(error):
            tally.failures.append(f"{name}: a message of several lines: {error}")
    except BaseException as error:
        tally.failures.append(f"{name}: {type(error).__name__}: {error}")
    finally:
        peak = scales.peak()
    tally.most_memory = max(tally.most_memory, peak)
    if peak > MEMORY_FACTOR * size + MEMORY_FLOOR:
        tally.failures.append(f"{name}: {peak} bytes of memory for a file of {size}")


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block when the time is over."""

    def over(_number: int, _frame: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
