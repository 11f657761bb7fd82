// The line to the server. It tells something every other second; when it does not, the page says so and asks again until it does.
// The first that a new line tells is everything, so that nothing is missed that happened meanwhile.
import { signal } from "@preact/signals";
import { loadSession } from "../../state/session.ts";
import { CHANGES } from "../api/client.ts";
import type { Change } from "../api/types.ts";
import { lay, picture } from "./picture.ts";

const LOST_AFTER_MS = 8000;
const LOOKS_EVERY_MS = 1000;
const AGAIN_AFTER_MS = 4000;

export type Connection = "connecting" | "open" | "lost";
export const connection = signal<Connection>("connecting");

export function keepPicture(): () => void {
  let line: EventSource | undefined;
  let heardAt = performance.now();
  let openedAt = 0;

  const open = () => {
    line?.close();
    openedAt = performance.now();
    const made = new EventSource(CHANGES);
    let isFirst = true;
    made.addEventListener("open", () => (isFirst = true));
    made.addEventListener("change", (event) => {
      picture.value = lay(
        picture.peek(),
        JSON.parse((event as MessageEvent<string>).data) as Change,
        isFirst,
      );
      isFirst = false;
      heardAt = performance.now();
      connection.value = "open";
    });
    line = made;
  };

  const look = () => {
    const now = performance.now();
    if (now - heardAt < LOST_AFTER_MS) return;
    connection.value = "lost";
    if (now - openedAt < AGAIN_AFTER_MS) return;
    void loadSession(); // it may be that nobody is logged in any more
    open();
  };

  open();
  const watch = setInterval(look, LOOKS_EVERY_MS);
  return () => {
    clearInterval(watch);
    line?.close();
  };
}
