// Lines and faces through points, as SVG writes them.
type Points = readonly (readonly [number, number])[];

const written = (points: Points): readonly string[] =>
  points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);

export const pathOf = (points: Points): string => (points.length > 0 ? `M${written(points).join("L")}` : "");

/** The face between two lines. */
export const areaPath = (low: Points, high: Points): string =>
  low.length > 1 ? `M${written([...high, ...low.toReversed()]).join("L")}Z` : "";
