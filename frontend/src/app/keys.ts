// Keys that hold everywhere: Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) step back and forth.
import { redo, undo } from "../state/drafts.ts";

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

export function keepKeys(): void {
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || writes(event.target)) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    const forth = key === "y" || (key === "z" && event.shiftKey);
    if (!back && !forth) return;
    event.preventDefault();
    if (back) undo();
    else redo();
  });
}
