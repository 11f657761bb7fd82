// The study below the picture: names, places and the quiet map. It does not change while the server runs.
import { computed, signal } from "@preact/signals";
import { asProblem } from "../../api/problem.ts";
import type { StudyMap } from "../../api/types.ts";
import { EMPTY, failed, loading, ready, shown, type Remote } from "../../state/remote.ts";
import { live } from "../api/client.ts";
import type { Ground } from "../api/types.ts";

const AGAIN_MS = 5000;

export const groundRemote = signal<Remote<{ readonly ground: Ground; readonly map: StudyMap }>>(EMPTY);
export const ground = computed(() => shown(groundRemote.value)?.ground);
export const map = computed(() => shown(groundRemote.value)?.map);

/** Ask until it is here. */
export async function loadGround(): Promise<void> {
  groundRemote.value = loading(groundRemote.peek());
  try {
    const [found, drawn] = await Promise.all([live.ground(), live.map()]);
    groundRemote.value = ready({ ground: found, map: drawn });
  } catch (error) {
    groundRemote.value = failed(asProblem(error), groundRemote.peek());
    setTimeout(() => void loadGround(), AGAIN_MS);
  }
}
