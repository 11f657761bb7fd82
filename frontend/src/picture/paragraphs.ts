// Text below text in a picture, in as many lines as it needs.
import { written } from "./svg.ts";

export interface Paragraph {
  readonly text: string;
  readonly size: number;
  readonly look: Readonly<Record<string, string | number>>;
}

/** From one line to the next, of a letter's height. */
const LEADING = 1.3;
/** Of a letter's width and its height, for what has to be laid beside it: a picture that is written is measured by nobody. */
export const LETTER = 0.56;

function lines(text: string, size: number, room: number): readonly string[] {
  const most = Math.max(1, Math.floor(room / (size * LETTER)));
  return text.split(" ").reduce<string[]>((before, word) => {
    const last = before.at(-1);
    if (last === undefined || last.length + word.length >= most) return [...before, word];
    return [...before.slice(0, -1), `${last} ${word}`];
  }, []);
}

/** Paragraphs below one another from `top` on, `edge` from both sides; and where the next would stand. */
export function paragraphs(
  texts: readonly Paragraph[],
  top: number,
  width: number,
  edge: number,
): { parts: string[]; next: number } {
  let y = top;
  const parts: string[] = [];
  for (const { text, size, look } of texts) {
    for (const line of lines(text, size, width - 2 * edge)) {
      parts.push(written(line, edge, y, { "font-size": size, ...look }));
      y += size * LEADING;
    }
  }
  return { parts, next: y };
}
