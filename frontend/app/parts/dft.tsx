// Whether crystals can be computed by DFT here, and what to install where not.

import { useAnswer } from "../api.ts";

interface Health {
  extras: Record<string, boolean>;
}

/** null until the server has told. */
export function useDft(): boolean | null {
  return useAnswer<Health>("health").value?.extras.dft ?? null;
}

export function DftMissing({ dft }: { dft: boolean | null }) {
  if (dft !== false) return null;
  return (
    <p class="faint">
      DFT is not installed here: <code>pip install 'isotunnel[dft]'</code> brings GPAW. Superposed atoms and
      files of other programs work without it.
    </p>
  );
}
