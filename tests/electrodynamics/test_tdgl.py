"""The state of a superconductor in a field does not depend on its history.

An independent check of `isotunnel meissner`: the time-dependent Ginzburg-Landau equations of a thin
disc (package tdgl), whose own field is small. Cooled in the field or cooled first, it ends in the
same state, without flux lines and with a moment against the field; a medium of zero resistance
alone would have that moment only where the field came after.
"""

from __future__ import annotations

import numpy as np
import pytest

XI_UM, DEPTH_UM, RADIUS_UM = 1.0, 2.0, 4.0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of numpy, raised inside tdgl
def test_a_disc_cooled_in_the_field_and_after(tmp_path):
    tdgl = pytest.importorskip("tdgl")
    from tdgl.geometry import circle
    from tdgl.sources import ConstantField, LinearRamp

    layer = tdgl.Layer(
        london_lambda=DEPTH_UM, coherence_length=XI_UM, thickness=1.0, gamma=1, conductivity=1
    )
    film = tdgl.Polygon("disc", points=circle(RADIUS_UM, points=60))
    disc = tdgl.Device("disc", layer=layer, film=film, length_units="um")
    disc.make_mesh(max_edge_length=0.9, smooth=20)
    millitesla = float((0.02 * disc.Bc2).to("mT").magnitude)
    field = ConstantField(millitesla, field_units="mT", length_units="um")

    def cooled_from_20(_place, *, t):
        return min(1.0, -0.5 + max(t - 20.0, 0.0) / 20.0)

    options = {"solve_time": 150, "field_units": "mT", "dt_max": 0.5}
    states = [
        tdgl.solve(
            disc,
            tdgl.SolverOptions(output_file=str(tmp_path / name), **options),
            applied_vector_potential=applied,
            disorder_epsilon=cold,
        )
        for name, applied, cold in (
            ("in_the_field.h5", field, cooled_from_20),
            ("before.h5", LinearRamp(tmin=10, tmax=40) * field, 1.0),
        )
    ]
    for state in states:
        state.load_tdgl_data(state.data_range[1])
    density = [np.abs(s.tdgl_data.psi) ** 2 for s in states]
    assert min(d.min() for d in density) > 0.5  # no flux line
    assert density[0] == pytest.approx(density[1], abs=0.01)
    moments = [float(s.magnetic_moment().magnitude) for s in states]
    assert moments[0] < 0  # against the field
    assert moments[0] == pytest.approx(moments[1], rel=0.02)
