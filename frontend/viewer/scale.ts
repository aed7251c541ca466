// Levels as places on the slider, where they snap, and at which value of the grid each is drawn.

import type { Triple } from "./linear.ts";
import type { FieldDescription, PercolationEvent, SegmentEvent } from "./types.ts";

/** How near to an event, as a share of the slider, a pointer is caught by it. */
const CATCH = 0.012;

/** How far beyond an event its surface is drawn, so that the new opening can be seen. */
const BEYOND = 0.008;

export interface PlacedEvent extends PercolationEvent {
  place: number;
}

/** Where the slider catches: an event of a network, or one of a segment. */
export interface Stop {
  level: number;
  place: number;
  error: number | null;
}

export class Scale {
  readonly events: PlacedEvent[];
  readonly segments: (SegmentEvent & { place: number })[];
  private readonly stops: Stop[];
  private readonly growing: number;

  constructor(readonly field: FieldDescription) {
    this.growing = field.side === "below" ? 1 : -1;
    this.events = field.events.map((event) => ({ ...event, place: this.placeOf(event.level) }));
    this.segments = field.segments.map((segment) => ({ ...segment, place: this.placeOf(segment.level) }));
    const segments = this.segments.map(({ level, place }) => ({ level, place, error: null }));
    this.stops = [...segments, ...this.events].sort((one, other) => one.place - other.place);
  }

  /** The level at a place from 0 to 1. */
  levelAt(place: number): number {
    const { levels } = this.field;
    const last = levels.length - 1;
    const x = Math.min(1, Math.max(0, place)) * last;
    const at = Math.min(last - 1, Math.floor(x));
    return last < 1 ? levels[0] : levels[at] + (x - at) * (levels[at + 1] - levels[at]);
  }

  /** The place from 0 to 1 of a level; those off the scale are at its ends. */
  placeOf(level: number): number {
    const { levels } = this.field;
    const last = levels.length - 1;
    let [low, high] = [0, last];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.growing * (level - levels[middle]) >= 0) low = middle;
      else high = middle;
    }
    if (last < 1) return 0;
    const share = (level - levels[low]) / (levels[high] - levels[low] || 1);
    return Math.min(1, Math.max(0, (low + share) / last));
  }

  /** In how many directions one network runs at a level, by the search. */
  rankAt(level: number): number {
    return this.events
      .filter((event) => this.growing * (level - event.level) >= 0)
      .reduce((sum, event) => sum + event.ranks.length, 0);
  }

  eventAt(level: number): PlacedEvent | undefined {
    return this.events.find((event) => event.level === level);
  }

  segmentAt(level: number): SegmentEvent | undefined {
    return this.segments.find((segment) => segment.level === level);
  }

  /** The level for a pointer at a place: that of an event close by, if there is one. */
  snap(place: number): number {
    const near = this.nearest(place);
    return near && Math.abs(near.place - place) <= CATCH ? near.level : this.levelAt(place);
  }

  /** The level for a typed number: that of an event which it means within its digits or the error. */
  snapTyped(level: number, digits: number): number {
    const meant = this.stops.find(
      (event) => Math.abs(event.level - level) <= Math.max(event.error ?? 0, 0.5 * 10 ** -digits),
    );
    return meant?.level ?? level;
  }

  /** One step of a key from a level; an event on the way is not stepped over. */
  step(level: number, by: number): number {
    const from = this.placeOf(level);
    const to = Math.min(1, Math.max(0, from + by));
    const passed = this.stops.filter(
      (event) =>
        event.level !== level &&
        (by > 0 ? event.place > from && event.place <= to : event.place < from && event.place >= to),
    );
    const first = by > 0 ? passed[0] : passed.at(-1);
    return first?.level ?? this.levelAt(to);
  }

  /** The next event in a direction, or the end of the scale. */
  jump(level: number, direction: 1 | -1): number {
    return this.step(level, direction);
  }

  /**
   * The value of the grid at which a level is drawn.
   *
   * The drawn grid reaches each threshold a little earlier or later than the search on the full grid did. At an
   * event the picture shows its network just open, before the event it does not: so the drawn value is held
   * between the drawn grid's own thresholds, which are given.
   */
  drawnAt(level: number, thresholds: Triple, top: number): number {
    // A segment's level is that of the pass between its atoms, at which nothing is to be seen yet.
    const wanted = (this.placeOf(level) + (this.segmentAt(level) ? BEYOND : 0)) * top;
    const rank = this.rankAt(level);
    const open = rank > 0 ? Math.max(...thresholds.slice(0, rank).filter(Number.isFinite), 0) : -1;
    const next = Math.min(...thresholds.slice(rank)) - 1;
    const least = open < 0 ? -1 : Math.min(open + BEYOND * top, Math.max(open, (open + next) / 2));
    return Math.round(Math.max(open < 0 ? 0 : least, Math.min(wanted, Math.max(next, open, 0))));
  }

  private nearest(place: number): Stop | undefined {
    return [...this.stops].sort((a, b) => Math.abs(a.place - place) - Math.abs(b.place - place))[0];
  }
}

/** A number with a true minus sign and about four digits. */
export function asText(value: number, unit: string): string {
  const size = Math.abs(value);
  const plain = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(3) : fixed(value);
  return `${plain.replaceAll("-", "−")}${unit ? ` ${unit}` : ""}`;
}

/** The digits that a level is typed and shown with. */
export function fixed(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0.000";
  return value.toFixed(Math.max(0, Math.min(9, 3 - Math.floor(Math.log10(size)))));
}
