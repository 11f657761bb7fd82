// Text of the page as text of a picture: each line where the browser has laid it.
import { solid } from "./solid.ts";
import { written } from "./svg.ts";

/** Where a picture's corner lies on the page, pixels. */
export interface Corner {
  readonly left: number;
  readonly top: number;
}

interface Line {
  text: string;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

const WORD = /\S+/g;
/** Of a pixel: words of one line stand at one height. */
const SAME_LINE = 2;
/** Of a line's height, how far its letters' foot lies from its top, where the browser does not tell. */
const USUAL_FOOT = 0.78;

let pen: CanvasRenderingContext2D | null | undefined;

/** How far down in a line of this height letters stand. */
function foot(look: CSSStyleDeclaration, height: number): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return height * USUAL_FOOT;
  pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("x");
  return up + down > 0 ? height * (up / (up + down)) : height * USUAL_FOOT;
}

/** Words that stand beside one another are one line. */
function linesOf(node: Text): Line[] {
  const range = document.createRange();
  const lines: Line[] = [];
  for (const found of node.data.matchAll(WORD)) {
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    const { left, top, height, width } = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (width === 0 || height === 0) continue;
    if (last && Math.abs(last.top - top) < SAME_LINE) last.text += ` ${found[0]}`;
    else lines.push({ text: found[0], left, top, height });
  }
  return lines;
}

const cased = (text: string, look: CSSStyleDeclaration) =>
  look.textTransform === "uppercase" ? text.toLocaleUpperCase(document.documentElement.lang) : text;

/** One text at a place of the page. */
export function line(
  text: string,
  look: CSSStyleDeclaration,
  at: Corner & { height: number },
  corner: Corner,
) {
  const ink = solid(look.color);
  if (!ink) return "";
  return written(cased(text, look), at.left - corner.left, at.top - corner.top + foot(look, at.height), {
    "font-size": parseFloat(look.fontSize),
    ...(look.fontWeight === "400" ? {} : { "font-weight": look.fontWeight }),
    ...(look.fontStyle === "normal" ? {} : { "font-style": look.fontStyle }),
    fill: ink.colour,
    ...(ink.opacity < 1 ? { "fill-opacity": String(ink.opacity) } : {}),
  });
}

export function drawnText(node: Text, look: CSSStyleDeclaration, corner: Corner): string[] {
  return linesOf(node).map((one) => line(one.text, look, one, corner));
}
