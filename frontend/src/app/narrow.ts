// Whether the window is too narrow for three columns.
import { signal } from "@preact/signals";

const asked = window.matchMedia("(max-width: 799px)");
export const narrow = signal(asked.matches);
asked.addEventListener("change", (event) => (narrow.value = event.matches));
