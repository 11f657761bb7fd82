const JOINER = "\u2060";

/** A text in which no interval such as 1 090–1 390 is broken over two lines. */
export function unbroken(text: string): string {
  return text.replace(/(?<=\d)–(?=[\d\u2212+])/g, `${JOINER}–${JOINER}`);
}
