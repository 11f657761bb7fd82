// Colours as every reader of SVG knows them: browsers also compute forms that only they understand.

export interface Solid {
  /** `#rrggbb`. */
  readonly colour: string;
  /** Above 0, up to 1. */
  readonly opacity: number;
}

const FUNCTION = /^(rgba?|color)\((?:srgb )?([^)]+)\)$/;
const BYTE = 255;

/** A computed colour; undefined for one that nobody sees. */
export function solid(computed: string): Solid | undefined {
  const found = FUNCTION.exec(computed.trim());
  if (!found?.[2]) return undefined;
  const whole = found[1] === "color" ? BYTE : 1;
  const [red = 0, green = 0, blue = 0, opacity = 1] = found[2]
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map((part) => (part.endsWith("%") ? parseFloat(part) / 100 : Number(part)));
  if (!(opacity > 0)) return undefined;
  const hex = [red, green, blue].map((part) =>
    Math.round(Math.min(BYTE, Math.max(0, part * whole)))
      .toString(16)
      .padStart(2, "0"),
  );
  return { colour: `#${hex.join("")}`, opacity };
}
