// Whether the map that is worked on has been drawn, or was taken hold of: until then a still picture of it stands in its place.
import { signal } from "@preact/signals";

export const isMoving = signal(false);
