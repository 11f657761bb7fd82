// A component whose code comes in a file of its own, so that the first screen does not wait for it.
import { h, type FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface Lazy extends FunctionComponent {
  /** Fetch the code before it is drawn. */
  readonly fetch: () => Promise<void>;
}

export function lazy(load: () => Promise<FunctionComponent>): Lazy {
  let here: FunctionComponent | undefined;
  let asked: Promise<void> | undefined;
  const fetch = () =>
    (asked ??= load().then((component) => {
      here = component;
    }));
  function Later() {
    const [, draw] = useState(0);
    const isMissing = here === undefined; // when drawn: the code may arrive before the effect runs
    useEffect(() => {
      if (isMissing) void fetch().then(() => draw(1));
    }, []);
    return here ? h(here, {}) : null;
  }
  return Object.assign(Later, { fetch });
}
