/** Random exponential backoff, so that two colliding writers rarely retry at the same time. Up to 150 ms. */
export function pauseAfter(attempt: number): Promise<void> {
  const ms = Math.random() * Math.min(2 ** attempt, 150);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
