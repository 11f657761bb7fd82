// Something that a part of the page asks the server for, again whenever what it depends on changes.
import { useCallback, useEffect, useState } from "preact/hooks";
import { asProblem } from "../api/problem.ts";
import { EMPTY, failed, loading, ready, type Remote } from "../state/remote.ts";

/** What `ask` answers, kept up to date with `key`; and a way to ask again, or to put a newer answer in its place.
 *
 * What was answered before stays while it is asked anew, in another language say, but only as long as it is about the same `subject`.
 */
export function useAsked<T>(
  ask: () => Promise<T>,
  key: string,
  subject = "",
): { readonly found: Remote<T>; readonly again: () => void; readonly put: (value: T) => void } {
  const [kept, keep] = useState<{ readonly of: string; readonly found: Remote<T> }>({
    of: subject,
    found: EMPTY,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const put = (next: (before: Remote<T>) => Remote<T>) =>
      keep(({ of, found }) => ({ of: subject, found: next(of === subject ? found : EMPTY) }));
    put(loading);
    ask().then(
      (value) => isWanted && put(() => ready(value)),
      (error: unknown) => isWanted && put((before) => failed(asProblem(error), before)),
    );
    return () => {
      isWanted = false;
    };
  }, [key, subject, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => keep({ of: subject, found: ready(value) }), [subject]);
  // Before the effect runs, what is kept may be about something else: it is not shown, not even for a moment.
  return { found: kept.of === subject ? kept.found : loading<T>(EMPTY), again, put };
}
