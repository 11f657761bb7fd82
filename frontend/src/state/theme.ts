// Light, dark, or as the machine says.
import { computed, effect, signal } from "@preact/signals";
import { stored } from "./stored.ts";

export type Theme = "auto" | "light" | "dark";

const asked = window.matchMedia("(prefers-color-scheme: dark)");
const machine = signal(asked.matches);
asked.addEventListener("change", (event) => (machine.value = event.matches));

export const theme = stored<Theme>("beredt.theme", "auto");
export const dark = computed(() => (theme.value === "auto" ? machine.value : theme.value === "dark"));

/** Whether steps of simultaneity have shades that the colour-blind tell apart, on the map and in the calendar alike. */
export const safeColours = stored("beredt.safe-colours", false);

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
/** Whether the reader asked for no motion. */
export const calm = () => still.matches;

effect(() => {
  if (theme.value === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});
