// Something that a part of the page asks the server for, again whenever what it depends on changes.
import { useCallback, useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { EMPTY, failed, loading, ready, type Remote } from "../../state/remote.ts";

/** What `ask` answers, kept up to date with `key`; and a way to ask again, or to put a newer answer in its place. */
export function useAsked<T>(
  ask: () => Promise<T>,
  key: string,
): { readonly found: Remote<T>; readonly again: () => void; readonly put: (value: T) => void } {
  const [found, setFound] = useState<Remote<T>>(EMPTY);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setFound(loading);
    ask().then(
      (value) => isWanted && setFound(ready(value)),
      (error: unknown) => isWanted && setFound((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [key, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => setFound(ready(value)), []);
  return { found, again, put };
}
