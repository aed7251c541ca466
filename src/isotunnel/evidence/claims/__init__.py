"""The register of the paper's claims, each judged by code against data.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.evidence.claims.entry import Claim, Part
    from isotunnel.evidence.claims.measurement import Measurement, RowDropped, RowUsed
    from isotunnel.evidence.claims.picture import Line, Mark, Picture
    from isotunnel.evidence.claims.registry import claim, register
    from isotunnel.evidence.claims.result import ClaimResult, Judged
    from isotunnel.evidence.claims.run import judge, judge_all
    from isotunnel.evidence.claims.scoring import Scorecard, scorecard
    from isotunnel.evidence.claims.sources import Sources
    from isotunnel.evidence.claims.verdict import Range, Rule, Verdict

_HOMES = {
    "Claim": "entry",
    "ClaimResult": "result",
    "Judged": "result",
    "Line": "picture",
    "Mark": "picture",
    "Measurement": "measurement",
    "Part": "entry",
    "Picture": "picture",
    "Range": "verdict",
    "RowDropped": "measurement",
    "RowUsed": "measurement",
    "Rule": "verdict",
    "Scorecard": "scoring",
    "Sources": "sources",
    "Verdict": "verdict",
    "claim": "registry",
    "judge": "run",
    "judge_all": "run",
    "register": "registry",
    "scorecard": "scoring",
}

__all__ = [
    "Claim",
    "ClaimResult",
    "Judged",
    "Line",
    "Mark",
    "Measurement",
    "Part",
    "Picture",
    "Range",
    "RowDropped",
    "RowUsed",
    "Rule",
    "Scorecard",
    "Sources",
    "Verdict",
    "claim",
    "judge",
    "judge_all",
    "register",
    "scorecard",
]

__getattr__ = lazy_names(__name__, _HOMES)
