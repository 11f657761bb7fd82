// The map as a picture that explains itself: title, what is shown, stations, legend, scale, and what it rests on. All of it is
// lines, faces and text; nothing is a copy of pixels.
import type { MapEngine } from "../engine.ts";
import { ink } from "../ground.ts";
import type { Layer } from "../layers.ts";
import { scaleBar, scaleText } from "../scaleBar.ts";
import { drawMap, type Scene } from "./drawMap.ts";
import { LETTER, paragraphs } from "../../picture/paragraphs.ts";
import { framed, type Picture } from "../../picture/picture.ts";
import { element, written } from "../../picture/svg.ts";

/** Texts of a picture, in the language of the screen. */
export interface Told {
  readonly title: string;
  readonly about: string;
  readonly source: string;
}

const [EDGE, TOP, LEGEND, BOTTOM] = [20, 32, 78, 10];
const FONT = 12;

/** `style` is what the picture brings along, such as its typeface. */
export function drawPicture(
  scene: Scene & { readonly engine: MapEngine },
  layer: Layer,
  told: Told,
  style: string,
): Picture {
  const { engine, dark } = scene;
  const { width, height: high } = engine.view();
  const quiet = { fill: ink("quiet", dark) };
  const title = { text: told.title, size: 20, look: { "font-weight": 600 } };
  const head = paragraphs([title, { text: told.about, size: 14, look: quiet }], TOP, width, EDGE);
  const below = head.next + high;
  const foot = paragraphs([{ text: told.source, size: 11, look: quiet }], below + LEGEND, width, EDGE);
  const key = layer.ordered ? ordered : named;
  const frame = {
    width,
    height: foot.next + BOTTOM,
    title: told.title,
    about: `${told.about}. ${told.source}`,
    ink: ink("ink", dark),
    paper: ink("surface", dark),
    style,
  };
  return framed(frame, [
    ...head.parts,
    element("svg", { y: head.next, width, height: high, overflow: "hidden" }, drawMap(scene)),
    scale(scene, width, below - 20),
    element("g", { "font-size": FONT }, key(layer, below + 26, width, dark)),
    ...foot.parts,
  ]);
}

function ordered(layer: Layer, top: number, width: number, dark: boolean): string {
  const wide = Math.min(64, (width - 2 * EDGE - 120) / Math.max(1, layer.steps.length));
  const steps = layer.steps.map(({ colour, label }, index) => {
    const x = EDGE + index * wide;
    const marked = layer.marks.some(({ after }) => after === index);
    return [
      element("rect", { x, y: top - 10, width: wide, height: 12, fill: colour }),
      marked ? element("rect", { x: x + wide - 1, y: top - 14, width: 2, height: 20 }) : "",
      label && written(label, x + wide, top + 18, { "text-anchor": "middle" }),
    ].join("");
  });
  const quiet = { fill: ink("quiet", dark) };
  const marks = layer.marks.map(({ label }) => `| ${label}`).join("   ");
  return [
    ...steps,
    written(layer.unit, EDGE + layer.steps.length * wide + 12, top, quiet),
    marks && written(marks, EDGE, top + 38, quiet),
  ].join("");
}

function named(layer: Layer, top: number, width: number, dark: boolean): string {
  let [x, y] = [EDGE, top];
  const parts: string[] = [];
  for (const { colour, label } of layer.steps) {
    const long = label.length * FONT * LETTER + 32;
    if (x + long > width - EDGE) [x, y] = [EDGE, y + 18];
    if (y > top + 40) break;
    parts.push(
      element("rect", { x, y: y - 10, width: 12, height: 12, fill: colour }),
      written(label, x + 17, y),
    );
    x += long;
  }
  if (layer.unit) parts.push(written(layer.unit, x, y, { fill: ink("quiet", dark) }));
  return parts.join("");
}

function scale({ engine, dark }: Scene & { readonly engine: MapEngine }, width: number, y: number): string {
  const camera = engine.camera();
  const { metres, pixels } = scaleBar(camera.center[1], camera.zoom, 120);
  const x = width - EDGE - pixels;
  const d = `M${x} ${y - 6}V${y}H${x + pixels}V${y - 6}`;
  const bar = element("path", { d, fill: "none", stroke: ink("ink", dark), "stroke-width": 2 });
  return (
    bar + written(scaleText(metres), x + pixels / 2, y - 8, { "text-anchor": "middle", "font-size": FONT })
  );
}
