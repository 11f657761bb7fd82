// How long a round number of metres is on a map of this projection.
const METRES_PER_PIXEL = 78_271.517; // at the equator and zoom 0, of pieces of 512 pixels

/** A round number of metres that takes at most so many pixels. */
export function scaleBar(latitude: number, zoom: number, most: number): { metres: number; pixels: number } {
  const each = (METRES_PER_PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
  const power = 10 ** Math.floor(Math.log10(each * most));
  const metres = [5, 2, 1].map((one) => one * power).find((one) => one <= each * most) ?? power;
  return { metres, pixels: metres / each };
}

export const scaleText = (metres: number): string => (metres >= 1000 ? `${metres / 1000} km` : `${metres} m`);
