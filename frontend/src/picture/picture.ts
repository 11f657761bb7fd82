// A picture as text that explains itself, in the screen's typeface.
import { element, plain, short } from "./svg.ts";

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** All that the picture says, for those who do not see it. */
  readonly about: string;
  readonly ink: string;
  readonly paper: string;
  /** What the picture brings along, such as its typeface. */
  readonly style: string;
}

export function framed(frame: Frame, parts: readonly string[]): Picture {
  const { width, height, title, about, ink, paper, style } = frame;
  const all = [
    element("title", {}, plain(title)),
    element("desc", {}, plain(about)),
    style && element("style", {}, style),
    element("rect", { width, height, fill: paper }),
    ...parts,
  ];
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${short(width)} ${short(height)}`,
    fill: ink,
    "font-family": "'Beredt Inter', Inter, Helvetica, Arial, sans-serif",
  };
  return { svg: element("svg", root, all.filter(Boolean).join("\n")), width, height };
}
