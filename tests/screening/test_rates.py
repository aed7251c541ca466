"""A rate is told in the unit in which it is a number one can read."""

from __future__ import annotations

import pytest

from isotunnel.screening.work import rate_in_words


@pytest.mark.parametrize(
    ("per_second", "words"),
    [
        (12.34, "12.3 per second"),
        (0.5, "0.5 per second"),
        (0.04, "2.4 per minute"),
        (0.0, "0.0 per minute"),
    ],
)
def test_a_slow_run_is_told_per_minute(per_second: float, words: str) -> None:
    assert rate_in_words(per_second) == words
