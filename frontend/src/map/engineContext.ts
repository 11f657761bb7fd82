// The map that a part of the page stands on.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { MapEngine } from "./engine.ts";

export const EngineContext = createContext<MapEngine | undefined>(undefined);

export function useEngine(): MapEngine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("a part of the map stands outside of it");
  return engine;
}
