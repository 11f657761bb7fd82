// Whether the still picture of the map has been painted: the moving map begins after it, for what it begins with – its program,
// its worker, a context of the graphics card – keeps the page from painting anything for a while.
import { effect, signal } from "@preact/signals";
import { answer } from "../../state/answers.ts";

export const isSeen = signal(false);

/** Milliseconds that the moving map waits for figures of the year: a server that has them tells them within that. */
const PATIENCE_MS = 400;

/** Call back when what is drawn now has been painted: at the frame after the one that paints it. */
function whenPainted(told: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(told));
}

/** To be called when the still picture is drawn: it is seen once it is painted, with the figures beside it if they come soon. */
export function drawnStill(): void {
  const see = () => (isSeen.value = true);
  whenPainted(() => {
    const late = setTimeout(see, PATIENCE_MS);
    const stop = effect(() => {
      if (answer.value === undefined) return;
      clearTimeout(late);
      whenPainted(() => {
        see();
        stop();
      });
    });
  });
}
