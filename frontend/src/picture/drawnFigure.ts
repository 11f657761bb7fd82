// A drawing of the page within a picture: the same shapes, with the looks that style sheets give them written on each.
import type { Corner } from "./drawnText.ts";
import { solid } from "./solid.ts";
import { element, plain } from "./svg.ts";

/** Looks by what they are where nobody says anything. */
const USUAL: Readonly<Record<string, string>> = {
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "stroke-opacity": "1",
  "fill-opacity": "1",
  opacity: "1",
  "font-size": "16px",
  "font-weight": "400",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  "paint-order": "normal",
  "vector-effect": "none",
};
const INKS = ["fill", "stroke"] as const;
const NOT_KEPT = new Set(["class", "style", "role", "aria-label", "aria-hidden", "tabindex"]);

function looks(of: Element): Record<string, string> {
  const look = getComputedStyle(of);
  const told: Record<string, string> = {};
  for (const name of INKS) {
    const ink = solid(look.getPropertyValue(name));
    if (!ink) told[name] = "none";
    else {
      told[name] = ink.colour;
      if (ink.opacity < 1) told[`${name}-opacity`] = String(ink.opacity);
    }
  }
  if (told["stroke"] === "none") delete told["stroke"]; // as it is anyhow
  for (const [name, usual] of Object.entries(USUAL)) {
    const value = look.getPropertyValue(name);
    if (value && value !== usual && !(name in told)) told[name] = value.replaceAll("px", "");
  }
  return told;
}

function shape(of: Element): string {
  const look = getComputedStyle(of);
  if (look.display === "none" || look.visibility === "hidden") return "";
  const own = [...of.attributes].filter(({ name }) => !NOT_KEPT.has(name) && !name.startsWith("on"));
  const given = Object.fromEntries(own.map(({ name, value }) => [name, value]));
  const inside = [...of.childNodes]
    .map((one) => (one instanceof Element ? shape(one) : plain(one.textContent ?? "")))
    .join("");
  const isGroup = of.children.length > 0 && of.tagName !== "text";
  const drawn = isGroup ? (look.opacity === "1" ? {} : { opacity: look.opacity }) : looks(of);
  return element(of.tagName, { ...given, ...drawn }, inside);
}

export function drawnFigure(of: SVGSVGElement, corner: Corner): string {
  const { left, top, width, height } = of.getBoundingClientRect();
  const inside = [...of.children].map(shape).join("");
  const ratio = of.getAttribute("preserveAspectRatio");
  return element(
    "svg",
    {
      x: left - corner.left,
      y: top - corner.top,
      width,
      height,
      viewBox: of.getAttribute("viewBox") ?? undefined,
      preserveAspectRatio: ratio ?? undefined,
      overflow: "visible",
    },
    inside,
  );
}
