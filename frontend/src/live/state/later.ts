// Calls something when it is wanted, at once or after a rest, and never twice at the same time.
export function calmly(restMs: number, work: () => Promise<void>): () => void {
  let busy = false;
  let wanted = false;
  const run = async () => {
    busy = true;
    wanted = false;
    await work();
    setTimeout(() => {
      busy = false;
      if (wanted) void run();
    }, restMs);
  };
  return () => {
    wanted = true;
    if (!busy) void run();
  };
}
