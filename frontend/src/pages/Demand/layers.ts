// What the map of people and calls can show, square by square.
import type { StudyMap } from "../../api/types.ts";
import { COUNT, PEOPLE, WHOLE_PERCENT, type Form } from "../../numbers/forms.ts";
import { blues, incidents, people, type Scale } from "../../map/scales.ts";

type Square = StudyMap["areas"]["features"][number]["properties"];

export interface DemandLayer {
  readonly id: "people" | "old" | "share" | "calls";
  readonly form: Form;
  readonly scale: (dark: boolean) => Scale;
  /** Null where nobody lives. */
  readonly of: (square: Square) => number | null;
  /** Of all squares together. */
  readonly whole: (squares: readonly Square[]) => number;
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const calls = (square: Square) => square.incidents_a + square.incidents_h + square.incidents_v;
const total = (of: (square: Square) => number) => (squares: readonly Square[]) => sum(squares.map(of));

export const DEMAND_LAYERS: readonly DemandLayer[] = [
  {
    id: "people",
    form: PEOPLE,
    scale: people,
    of: (square) => square.people,
    whole: total((square) => square.people),
  },
  {
    id: "old",
    form: PEOPLE,
    scale: (dark) => ({ edges: [2, 10, 25, 60, 120, 250], colours: blues(dark) }),
    of: (square) => square.people_70,
    whole: total((square) => square.people_70),
  },
  {
    id: "share",
    form: WHOLE_PERCENT,
    scale: (dark) => ({ edges: [0.05, 0.08, 0.11, 0.14, 0.17, 0.2], colours: blues(dark) }),
    of: (square) => (square.people > 0 ? square.people_70 / square.people : null),
    whole: (squares) =>
      sum(squares.map((one) => one.people_70)) / (sum(squares.map((one) => one.people)) || 1),
  },
  { id: "calls", form: COUNT, scale: incidents, of: calls, whole: total(calls) },
];
