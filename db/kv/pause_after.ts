/** A pause before the next attempt, longer with each, and seldom the same for two that have collided. */
export function pauseAfter(attempt: number): Promise<void> {
  const ms = Math.random() * Math.min(2 ** attempt, 150);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
