/**
 * Asks one question at a time. Who asks while an answer is awaited shares the next one with all the others: no answer is
 * older than the question, and none is thrown away since another question came, so a desk that tells of something
 * new all the time is still shown.
 */
export function oneAtATime(ask: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const begin = () => {
    running = ask().finally(() => (running = null));
    return running;
  };

  return () => {
    if (next) return next;
    if (!running) return begin();
    next = running
      .catch(() => {})
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
