// Along which directions the networks of the level run: double arrows through the bottleneck.

import { ConeGeometry, CylinderGeometry, Group, Mesh, MeshBasicMaterial, Quaternion, Vector3 } from "three";
import { lengthOf, type Triple } from "./linear.ts";
import { RANK_COLORS } from "./surface.ts";

/** Most of an arrow's half length, as a share of the picture's radius. */
const LONGEST = 0.42;

/** Vectors of one cell are sums of another's with these parts of a whole. */
const MOST_TIMES = 24;
const UPRIGHT = new Vector3(0, 1, 0);

/** `vectors` in angstrom; `tips`: the end of each arrow, for its words. */
export function drawArrows(
  rank: number,
  vectors: Triple[],
  at: Triple,
  radius: number,
): { group: Group; tips: Triple[] } {
  const group = new Group();
  const paint = new MeshBasicMaterial({ color: RANK_COLORS[rank], depthTest: false, transparent: true });
  const tips: Triple[] = [];
  for (const vector of vectors) {
    const along = new Vector3(...vector).normalize();
    const half = Math.min(0.5 * lengthOf(vector), LONGEST * radius);
    const head = 0.22 * half;
    const turn = new Quaternion().setFromUnitVectors(UPRIGHT, along);
    const shaft = new Mesh(
      new CylinderGeometry(0.012 * radius, 0.012 * radius, 2 * (half - head), 12),
      paint,
    );
    shaft.position.set(...at);
    shaft.quaternion.copy(turn);
    group.add(shaft);
    for (const sign of [1, -1]) {
      const cone = new Mesh(new ConeGeometry(0.035 * radius, head, 16), paint);
      cone.position.set(...at).addScaledVector(along, sign * (half - head / 2));
      cone.quaternion.setFromUnitVectors(UPRIGHT, along.clone().multiplyScalar(sign));
      group.add(cone);
    }
    tips.push([at[0] + half * along.x, at[1] + half * along.y, at[2] + half * along.z]);
  }
  for (const body of group.children) body.renderOrder = 9;
  return { group, tips };
}

/** A direction in fractions of a cell as its smallest whole numbers: "[0 1 1]"; empty where there are none. */
export function indicesOf(direction: Triple): string {
  for (let times = 1; times <= MOST_TIMES; times++) {
    const whole = direction.map((x) => Math.round(x * times));
    if (!whole.some(Boolean) || direction.some((x, k) => Math.abs(x * times - whole[k]) > 1e-3)) continue;
    const divisor = whole.reduce(commonDivisor);
    return `[${whole.map((x) => String(x / Math.abs(divisor)).replace("-", "−")).join(" ")}]`;
  }
  return "";
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
