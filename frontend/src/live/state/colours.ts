// Dark unless somebody wants it light: the page stands in a dim room.
import { effect } from "@preact/signals";
import { stored } from "../../state/stored.ts";
import { theme } from "../../state/theme.ts";

export const colours = stored<"dark" | "light">("beredt.live.colours", "dark");

export function keepColours(): void {
  effect(() => {
    theme.value = colours.value;
  });
}
