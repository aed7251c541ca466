"""Ridge regression and nearest neighbours agree with scikit-learn's, an outside oracle.

Our own few lines stay in the package: the studies run in a plain installation, start without
importing scikit-learn, and weigh their neighbours in a way that it does not offer.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge as TheirRidge
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from isotunnel.studies.benchmark.composition import NEIGHBOURS, _votes
from isotunnel.studies.hydrides.regression import PENALTIES, fit_ridge, left_out_predictions


def _world(seed: int, rows: int = 40, columns: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(-3, 4, columns)
    y = 50 + 30 * (x / x.std(axis=0)) @ rng.normal(size=columns) + rng.normal(0, 20, rows)
    return x, y


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_ridge_takes_the_penalty_and_slopes_of_scikit_learn(seed: int) -> None:
    x, y = _world(seed)
    ours = fit_ridge(x, y)
    theirs = make_pipeline(StandardScaler(), RidgeCV(alphas=PENALTIES)).fit(x, y)
    assert ours.penalty == pytest.approx(theirs[-1].alpha_)
    assert ours.predict(x) == pytest.approx(theirs.predict(x), rel=1e-9)
    fixed = TheirRidge(alpha=ours.penalty).fit((x - ours.mean) / ours.scale, y)
    assert ours.slopes == pytest.approx(fixed.coef_, rel=1e-8)


@given(st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_groups_left_out_are_predicted_as_by_scikit_learn(seed: int) -> None:
    x, y = _world(seed)
    groups = np.arange(len(y)) % 5
    theirs = cross_val_predict(
        make_pipeline(StandardScaler(), RidgeCV(alphas=PENALTIES)),
        x, y, groups=groups, cv=LeaveOneGroupOut(),
    )  # fmt: skip
    ours = left_out_predictions(x, y, groups)
    assert ours == pytest.approx(np.maximum(theirs, 0.0), rel=1e-9, abs=1e-9)
    assert len(set(ours)) > 20


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_neighbours_vote_as_by_scikit_learn_where_states_are_equally_common(seed: int) -> None:
    """With as many materials of each state the weight of a vote is one, but for ties."""
    x, _ = _world(seed, rows=60)
    y = np.arange(60) % 3
    asked, _ = _world(seed + 1)
    votes = _votes(x, y, asked)
    scaler = StandardScaler().fit(x)
    for place, count in enumerate(NEIGHBOURS):
        theirs = KNeighborsClassifier(count).fit(scaler.transform(x), y)
        shares = theirs.predict_proba(scaler.transform(asked))
        assert votes[place] / votes[place].sum(axis=1, keepdims=True) == pytest.approx(
            shares, abs=1e-4
        )
