// Which names of stations have room beside their marks.
import type { Pixel } from "../engine.ts";

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const apart = (one: Box, other: Box) =>
  one.left > other.right || one.right < other.left || one.top > other.bottom || one.bottom < other.top;

/** Which names have room, and on which side: greedily, stations with most units first. */
export function roomForNames(
  stations: readonly { id: string; name: string; units: number }[],
  pixel: (id: string) => Pixel,
): ReadonlyMap<string, "right" | "left"> {
  const around = ({ x, y }: Pixel): Box => ({ left: x - 13, right: x + 13, top: y - 13, bottom: y + 13 });
  const taken = new Map<string, Box>(stations.map(({ id }) => [id, around(pixel(id))]));
  const shown = new Map<string, "right" | "left">();
  for (const { id, name } of [...stations].sort((a, b) => b.units - a.units)) {
    const { x, y } = pixel(id);
    const width = 12 + name.length * 7;
    const boxes = {
      right: { left: x + 14, right: x + 14 + width },
      left: { left: x - 14 - width, right: x - 14 },
    };
    for (const side of ["right", "left"] as const) {
      const box = { ...boxes[side], top: y - 8, bottom: y + 8 };
      if (![...taken].every(([other, its]) => other === id || apart(box, its))) continue;
      taken.set(`${id} name`, box);
      shown.set(id, side);
      break;
    }
  }
  return shown;
}
