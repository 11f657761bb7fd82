// Keeps an element over its place on the map while the camera moves.
import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Spot } from "../engine.ts";
import { useEngine } from "../engineContext.ts";

export function useScreenPlace<E extends HTMLElement>(spot: Spot) {
  const engine = useEngine();
  const element = useRef<E>(null);
  const last = useRef(spot);
  last.current = spot;
  const put = () => {
    const { x, y } = engine.pixel(last.current);
    if (element.current) element.current.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  };
  useSignalEffect(() => {
    if (engine.moved.value >= 0) put();
  });
  useLayoutEffect(put, [spot.lon, spot.lat]);
  return element;
}
