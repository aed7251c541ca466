"""The tables of fits on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from isotunnel.studies.fits.points import SPLITS
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.rho_laws import laws
from isotunnel.studies.fits.run import FitsResult
from isotunnel.studies.fits.summary import BEST, Duel
from isotunnel.studies.fits.table import parameter_text


def show_fits(out: Console, result: FitsResult, *, details: bool) -> None:
    """Print held-out errors by metal and law, standings, duels, and what was left out."""
    for split in result.splits:
        out.print(_errors(result, split))
        out.print(_standings(result, split))
        out.print(_duels(result, split))
    if details:
        for metal in result.metals:
            _show_metal(out, metal)
    for skipped in result.skipped:
        out.print(f"not fitted: {skipped.reason}", soft_wrap=True, markup=False)
    out.print(result.pressure, soft_wrap=True, markup=False)


def percent(error: float | None) -> str:
    """A relative error in percent; a dash where there is none."""
    if error is None:
        return "–"
    if error >= 10:
        return ">1000"
    return f"{100 * error:.1f}" if error < 0.0995 else f"{100 * error:.0f}"


def _errors(result: FitsResult, split: str) -> Table:
    table = Table(
        title=f"{split}: {SPLITS[split]}; error on held-out points, rms, %",
        title_justify="left",
        caption="–: too few points, or beyond what the law says (--csv and --json give reasons)",
        caption_justify="left",
    )
    table.add_column("metal")
    table.add_column("fit/held", justify="right")
    for law in laws():
        table.add_column(law.name.replace("activated", "activ."), justify="right")
    for metal in result.metals:
        training = metal.training(split)
        cells = [_held_out(metal.fit(law.name, split)) for law in laws()]
        table.add_row(metal.metal, f"{training.sum()}/{(~training).sum()}", *cells)
    return table


def _held_out(fit: LawFit | None) -> str:
    return percent(None if fit is None or fit.held_out is None else fit.held_out.rms_relative)


def _standings(result: FitsResult, split: str) -> Table:
    table = Table(title=f"{split}: all metals", title_justify="left")
    for header in ("law", "name", "parameters", "metals", "median (%)", "worst (%)", "wins"):
        table.add_column(header, justify="left" if header in ("law", "name") else "right")
    for s in result.standings:
        if s.split != split:
            continue
        title = next(law.title for law in laws() if law.name == s.law)
        table.add_row(
            title,
            s.law,
            "free" if s.parameters is None else str(s.parameters),
            str(s.metals),
            percent(s.median_held_out),
            percent(s.worst_held_out),
            "–" if s.wins is None else str(s.wins),
        )
    return table


def _duels(result: FitsResult, split: str) -> Table:
    table = Table(
        title=f"{split}: the law of each theory that fits a metal's training points best",
        title_justify="left",
    )
    for header in ("parameters", "metals", "Bloch-Grueneisen wins", "tunnel wins"):
        table.add_column(header, justify="right")
    table.add_column("share, 95 %")
    table.add_column("p (equal)")
    for duel in result.duels:
        if duel.split == split and duel.rival == duel.tunnel == BEST:
            table.add_row(
                str(duel.parameters),
                str(duel.metals),
                str(duel.rival_wins),
                str(duel.tunnel_wins),
                *_tested(duel),
            )
    return table


def _tested(duel: Duel) -> tuple[str, str]:
    if duel.share is None or duel.share_low is None or duel.share_high is None:
        return "–", "–"
    return (
        f"{duel.share:.2f} ({duel.share_low:.2f} to {duel.share_high:.2f})",
        f"{duel.p_value:.2g}",
    )


def _show_metal(out: Console, metal: MetalFits) -> None:
    theta = "" if metal.points.theta_d_k is None else f", theta_D {metal.points.theta_d_k:g} K"
    out.print(
        f"{metal.metal} ({metal.phase}{theta}): {len(metal.used)} rows used, "
        f"{len(metal.dropped)} not",
        markup=False,
    )
    for remark in metal.remarks:
        out.print(f"  {remark}", soft_wrap=True, markup=False)
    counts: dict[str, int] = {}
    for d in metal.dropped:
        counts[d.reason] = counts.get(d.reason, 0) + 1
    for reason, number in counts.items():
        out.print(f"  not used: {number} ({reason})", soft_wrap=True, markup=False)
    for fit in metal.fits:
        if not fit.fitted:
            out.print(f"  {fit.split} {fit.law}: {fit.reason}", soft_wrap=True, markup=False)
        elif fit.aic is not None:
            out.print(
                f"  {fit.split} {fit.law}: {parameter_text(fit)}; AIC {fit.aic:.1f}, "
                f"BIC {fit.bic:.1f}",
                soft_wrap=True,
                markup=False,
            )
