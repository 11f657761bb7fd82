// A component whose code comes in a file of its own, so that the first screen does not wait for it.
import { h, type FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

export function lazy(load: () => Promise<FunctionComponent>): FunctionComponent {
  let here: FunctionComponent | undefined;
  return function Later() {
    const [, draw] = useState(0);
    useEffect(() => {
      if (!here)
        void load().then((component) => {
          here = component;
          draw(1);
        });
    }, []);
    return here ? h(here, {}) : null;
  };
}
