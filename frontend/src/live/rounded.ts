// What is said of a unit of another organisation whose place is told to a square only.
import { KM } from "../numbers/forms.ts";
import { numbers, t } from "../state/language.ts";

const SIDE = { ...KM, factor: 1e-3, digits: 1 };

export const saidRounded = (side_m: number) =>
  t("live.place_rounded", { side: numbers.value.text(side_m, SIDE) });
