// What happy-dom has not, and tests of components need.
import { cleanup } from "@testing-library/preact";
import { afterEach } from "vitest";

/** Nothing is worked out beside the page: the map's library asks for a worker as soon as it is read. */
class IdleWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

if (!("Worker" in globalThis)) Object.assign(globalThis, { Worker: IdleWorker });

afterEach(cleanup);
