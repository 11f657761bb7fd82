// Elements of a picture as text: SVG is written, not drawn.

type Value = string | number | undefined;

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that means itself inside an element or an attribute. */
export const plain = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/** A number as short as a picture needs it: a tenth of a pixel. */
export const short = (value: number): string => String(Number(value.toFixed(1)));

/** An element; what is undefined is left out. `inside` is markup. */
export function element(name: string, given: Readonly<Record<string, Value>>, inside = ""): string {
  const attributes = Object.entries(given).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [` ${key}="${typeof value === "number" ? short(value) : plain(value)}"`];
  });
  const head = `<${name}${attributes.join("")}`;
  return inside === "" ? `${head}/>` : `${head}>${inside}</${name}>`;
}

/** A line of text. */
export const written = (
  text: string,
  x: number,
  y: number,
  look: Readonly<Record<string, Value>> = {},
): string => element("text", { x, y, ...look }, plain(text));
