// Rival theories' curves over measured dots, with parameters that a person moves.

import { useSetting } from "../../address.ts";
import { Choose } from "../../parts/choose.tsx";
import { CriticalField } from "./field.tsx";
import { Resistivity } from "./resistivity.tsx";
import { TcOfPressure } from "./tc.tsx";

const QUANTITIES = {
  rho: "resistivity over temperature",
  tc: "Tc over pressure",
  hc: "critical field over temperature",
};

export default function TheoriesView() {
  const [quantity, setQuantity] = useSetting("of", "rho");
  return (
    <>
      <h1>Rival theories over what was measured</h1>
      <div class="row">
        <Choose
          label="Quantity"
          value={quantity}
          set={setQuantity}
          values={Object.keys(QUANTITIES)}
          words={QUANTITIES}
        />
      </div>
      {quantity === "rho" && <Resistivity />}
      {quantity === "tc" && <TcOfPressure />}
      {quantity === "hc" && <CriticalField />}
    </>
  );
}
