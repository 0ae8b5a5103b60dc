/** Asks and hears: of several answers only the one that was asked for last is heard. */
export function latest<T>(heard: (answer: T) => void) {
  let asked = 0;
  return async (asks: () => Promise<T>) => {
    const mine = ++asked;
    const answer = await asks();
    if (mine === asked) heard(answer);
  };
}
