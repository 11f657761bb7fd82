// A signal that outlives the page, in the browser's own store. Where there is none, it lives as long as the page.
import { effect, signal, type Signal } from "@preact/signals";

export function readStored<T>(key: string, otherwise: T): T {
  try {
    const text = window.localStorage.getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise; // no store, or not ours
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page goes on without.
  }
}

export function stored<T>(key: string, otherwise: T): Signal<T> {
  const kept = signal<T>(readStored(key, otherwise));
  effect(() => writeStored(key, kept.value));
  return kept;
}
