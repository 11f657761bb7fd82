// What the pointer and the keys do with something on the map that can be put elsewhere: dragged and let go, moved and put down,
// given up with Escape, and opened by a click.
import { useEffect, useRef } from "preact/hooks";
import { useEngine } from "../MapView/MapView.tsx";
import { carried, type Movable } from "../view.ts";
import { carry, carryByKey, giveUp, letGo } from "./carry.ts";

const SLACK = 4; // pixels that a click may tremble

interface Begun {
  readonly x: number;
  readonly y: number;
  moved: boolean;
}

/** Handlers of the mark's button; one that is `fixed` can only be opened. */
export function useCarrying(what: Movable, fixed: boolean, onOpen: () => void) {
  const engine = useEngine();
  const begun = useRef<Begun | null>(null);
  const dragged = useRef(false); // the click that ends a drag opens nothing
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || begun.current === null || carried.peek()?.by !== "pointer") return;
      begun.current = null;
      giveUp();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, []);
  return {
    onClick: () => {
      if (!dragged.current) onOpen();
      dragged.current = false;
    },
    onPointerDown: (event: PointerEvent) => {
      dragged.current = false;
      if (fixed || event.button !== 0 || !(event.currentTarget instanceof Element)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      begun.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = begun.current;
      if (!from) return;
      if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLACK) return;
      from.moved = true;
      dragged.current = true;
      const box = engine.map.getContainer().getBoundingClientRect();
      carry(what, engine.spot({ x: event.clientX - box.left, y: event.clientY - box.top }), "pointer");
    },
    onPointerUp: () => {
      const from = begun.current;
      begun.current = null;
      if (from?.moved) letGo(what);
    },
    onPointerCancel: () => {
      if (begun.current?.moved) giveUp();
      begun.current = null;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (fixed || !carryByKey(what, event.key, event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onBlur: () => {
      if (carried.peek()?.by === "keys") giveUp();
    },
  };
}
