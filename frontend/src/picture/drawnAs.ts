// What a place of the page draws itself as in a picture: for maps, which are pixels on a screen. Told as SVG markup.
export const drawnAs = new WeakMap<Element, () => string>();
