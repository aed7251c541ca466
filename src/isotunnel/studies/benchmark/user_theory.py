"""A user's own theory in the contest."""

from __future__ import annotations

from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.benchmark.materials import BenchmarkMaterial
from isotunnel.studies.benchmark.prediction import Prediction
from isotunnel.studies.benchmark.rivals import known_substance
from isotunnel.studies.benchmark.run import USER, ClassifierContest, Dropped
from isotunnel.theories import MaterialData, Parameter, Theory


def with_user_theory(
    given: ClassifierContest, theory: Theory
) -> tuple[ClassifierContest, tuple[Dropped, ...]]:
    """The contest on the rows that a user's theory answers, with it; and what it cannot say."""
    kept, predictions, silent = [], [], []
    for place, material in enumerate(given.materials):
        answer = user_prediction(theory, material)
        if isinstance(answer, str):
            silent.append((material.id, material.name, answer))
        else:
            kept.append(place)
            predictions.append(answer)
    sides = {name: tuple(p[i] for i in kept) for name, p in given.predictions.items()}
    materials = tuple(given.materials[i] for i in kept)
    mine = {**sides, USER: tuple(predictions)}
    dropped = (*given.dropped, *silent)
    return ClassifierContest(materials, mine, given.chosen, dropped), tuple(silent)


def user_prediction(theory: Theory, material: BenchmarkMaterial) -> Prediction | str:
    """What a user's theory predicts, or the reason where it cannot say.

    It gets the catalogue's substance without its Tc where there is one; of other materials the
    Kohn-Sham gap and no more.
    """
    try:
        data = _data(material)
        answer = theory.answer(data, material.pressure_gpa, material.temperature_k)
    except (CannotSay, InputError) as reason:
        return str(reason)
    if answer.state is None:
        return answer.state_reason
    return Prediction(answer.state, answer.confidence or 0.0, answer.state_reason)


def _data(material: BenchmarkMaterial) -> MaterialData:
    known = known_substance(material.formula, material.row.text("material"))
    if known is not None:
        return known.at(material.pressure_gpa).without_tc()
    gap = material.band_gap_ev
    return MaterialData(
        name=material.name,
        reference_pressure_gpa=material.pressure_gpa,
        band_gap_ev=None if gap is None else Parameter(gap, "Kohn-Sham gap, PBE"),
    )
