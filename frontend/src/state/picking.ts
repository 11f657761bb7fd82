// A form that waits for a place: the next click on the map answers it, Escape takes the question back.
import { signal } from "@preact/signals";

export interface Picked {
  readonly lat: number;
  readonly lon: number;
}

/** What is done with the place that is picked; null while nobody asks. */
export const picking = signal<((place: Picked) => void) | null>(null);
