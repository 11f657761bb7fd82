// A part of the page as a picture: its boxes, lines of text and drawings as shapes, with nothing copied as pixels. What only works on a
// screen – buttons, what is read aloud – is left out.
import { drawnAs } from "./drawnAs.ts";
import { drawnBox } from "./drawnBox.ts";
import { drawnFigure } from "./drawnFigure.ts";
import { drawnText, line, type Corner } from "./drawnText.ts";
import { paragraphs } from "./paragraphs.ts";
import { framed, type Picture } from "./picture.ts";
import { solid } from "./solid.ts";
import { element } from "./svg.ts";

/** Set on what is no part of a picture. */
const UNPICTURED = "data-unpictured";
/** While it is set on an element, all of what it scrolls through is laid out. */
const PICTURING = "data-picturing";
const [EDGE, FOOT_PX, FOOT_ROOM] = [16, 11, 24];
const LEFT_OUT = `.unseen, [${UNPICTURED}], input[type="checkbox"], input[type="radio"]`;

export interface Told {
  readonly title: string;
  readonly source: string;
}

interface Walk {
  readonly corner: Corner;
  readonly parts: string[];
  right: number;
  bottom: number;
}

function seen(of: Element, look: CSSStyleDeclaration): boolean {
  return (
    look.display !== "none" && look.visibility !== "hidden" && look.opacity !== "0" && !of.matches(LEFT_OUT)
  );
}

function visit(of: Element, walk: Walk): void {
  const look = getComputedStyle(of);
  if (!seen(of, look)) return;
  const box = of.getBoundingClientRect();
  walk.right = Math.max(walk.right, box.right);
  walk.bottom = Math.max(walk.bottom, box.bottom);
  const itself = drawnAs.get(of);
  if (itself) {
    const [x, y] = [box.left - walk.corner.left, box.top - walk.corner.top];
    walk.parts.push(
      element("svg", { x, y, width: box.width, height: box.height, overflow: "hidden" }, itself()),
    );
  } else if (of instanceof SVGSVGElement) walk.parts.push(drawnFigure(of, walk.corner));
  else if (of instanceof HTMLElement) within(of, look, walk);
}

function within(of: HTMLElement, look: CSSStyleDeclaration, walk: Walk): void {
  walk.parts.push(...drawnBox(of, look, walk.corner));
  if (of instanceof HTMLSelectElement || of instanceof HTMLInputElement) {
    walk.parts.push(chosen(of, look, walk.corner));
    return;
  }
  for (const one of of.childNodes) {
    if (one instanceof Element) visit(one, walk);
    else if (one instanceof Text) walk.parts.push(...drawnText(one, look, walk.corner));
  }
}

/** What a field says at the moment. */
function chosen(
  field: HTMLSelectElement | HTMLInputElement,
  look: CSSStyleDeclaration,
  corner: Corner,
): string {
  const text = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : field.value;
  const box = field.getBoundingClientRect();
  const height = parseFloat(look.fontSize) * 1.2;
  const at = {
    left: box.left + parseFloat(look.paddingLeft),
    top: box.top + (box.height - height) / 2,
    height,
  };
  return text ? line(text, look, at, corner) : "";
}

/** The page's own colours at an element: what it is written with, and what it is written on. */
function colours(of: Element): { ink: string; paper: string } {
  const ink = solid(getComputedStyle(of).color)?.colour ?? "#000000";
  for (let under: Element | null = of; under; under = under.parentElement) {
    const paper = solid(getComputedStyle(under).backgroundColor);
    if (paper?.opacity === 1) return { ink, paper: paper.colour };
  }
  return { ink, paper: "#ffffff" };
}

/** `style` is what the picture brings along, such as its typeface. */
export function drawElement(of: HTMLElement, told: Told, style: string): Picture {
  of.setAttribute(PICTURING, "");
  try {
    const box = of.getBoundingClientRect();
    const corner = { left: box.left - EDGE, top: box.top - EDGE };
    const walk: Walk = { corner, parts: [], right: box.right, bottom: box.bottom };
    visit(of, walk);
    const width = walk.right - corner.left + EDGE;
    const below = walk.bottom - corner.top + FOOT_ROOM;
    const quiet = { "fill-opacity": "0.75" };
    const foot = paragraphs([{ text: told.source, size: FOOT_PX, look: quiet }], below, width, EDGE);
    const frame = { width, height: foot.next, title: told.title, about: told.source, style, ...colours(of) };
    return framed(frame, [...walk.parts, ...foot.parts].filter(Boolean));
  } finally {
    of.removeAttribute(PICTURING);
  }
}
