// The face and edges of an element as shapes of a picture.
import type { Corner } from "./drawnText.ts";
import { solid } from "./solid.ts";
import { element } from "./svg.ts";

const SIDES = ["Top", "Right", "Bottom", "Left"] as const;

interface Edge {
  readonly wide: number;
  readonly stroke: string;
}

function edgeOf(look: CSSStyleDeclaration, side: (typeof SIDES)[number]): Edge | undefined {
  const wide = parseFloat(look[`border${side}Width`]);
  const ink = solid(look[`border${side}Color`]);
  return wide > 0 && ink && look[`border${side}Style`] !== "none" ? { wide, stroke: ink.colour } : undefined;
}

/** How far an element is turned, degrees. */
function turnOf({ transform }: CSSStyleDeclaration): number {
  const found = /^matrix\(([^,]+), ([^,]+),/.exec(transform);
  return found ? Math.round((Math.atan2(Number(found[2]), Number(found[1])) * 180) / Math.PI) : 0;
}

/** A box of the page; a turned one is drawn straight and turned about its middle. */
export function drawnBox(of: HTMLElement, look: CSSStyleDeclaration, corner: Corner): string[] {
  const on = of.getBoundingClientRect();
  const face = solid(look.backgroundColor);
  const edges = SIDES.map((side) => edgeOf(look, side));
  if (!face && edges.every((one) => one === undefined)) return [];
  const turn = turnOf(look);
  const [width, height] = turn === 0 ? [on.width, on.height] : [of.offsetWidth, of.offsetHeight];
  const [middle, centre] = [on.left + on.width / 2 - corner.left, on.top + on.height / 2 - corner.top];
  const [x, y] = [middle - width / 2, centre - height / 2];
  const rx = Math.min(roundOf(look, width), width / 2, height / 2);
  const placed = turn === 0 ? {} : { transform: `rotate(${turn} ${middle.toFixed(1)} ${centre.toFixed(1)})` };
  const [first] = edges;
  const around = first && edges.every((one) => one?.wide === first.wide && one.stroke === first.stroke);
  const inset = around ? first.wide / 2 : 0;
  const box = element("rect", {
    x: x + inset,
    y: y + inset,
    width: Math.max(0, width - 2 * inset),
    height: Math.max(0, height - 2 * inset),
    rx: rx > 0 ? rx : undefined,
    fill: face ? face.colour : "none",
    "fill-opacity": face && face.opacity < 1 ? String(face.opacity) : undefined,
    stroke: around ? first.stroke : undefined,
    "stroke-width": around ? first.wide : undefined,
    ...placed,
  });
  if (around) return [box];
  const ends = [
    [x, y, x + width, y],
    [x + width, y, x + width, y + height],
    [x, y + height, x + width, y + height],
    [x, y, x, y + height],
  ] as const;
  const lines = edges.flatMap((edge, side) => {
    const [x1, y1, x2, y2] = ends[side] ?? [0, 0, 0, 0];
    return edge ? [element("line", { x1, y1, x2, y2, stroke: edge.stroke, "stroke-width": edge.wide })] : [];
  });
  return face ? [box, ...lines] : lines;
}

function roundOf(look: CSSStyleDeclaration, width: number): number {
  const given = look.borderTopLeftRadius;
  return given.endsWith("%") ? (parseFloat(given) / 100) * width : parseFloat(given) || 0;
}
