// The width of a place on the page, as it changes.

import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** In whole pixels; 0 until the place is there. */
export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const holder = place.current;
    if (!holder) return;
    const watch = new ResizeObserver(() => setWidth(Math.floor(holder.clientWidth)));
    watch.observe(holder);
    return () => watch.disconnect();
  }, [place]);
  return width;
}
