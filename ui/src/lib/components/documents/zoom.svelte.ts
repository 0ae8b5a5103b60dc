const [STEP, LEAST, MOST] = [1.25, 0.1, 8];

/** How large something is shown: as wide as there is room for, until somebody chooses. */
export class Zoom {
  #chosen = $state<number | null>(null);
  constructor(private fit: () => number) {}
  get scale() {
    return this.#chosen ?? this.fit();
  }
  step = (way: 1 | -1 | 0) => {
    this.#chosen = way === 0 ? null : Math.min(MOST, Math.max(LEAST, this.scale * STEP ** way));
  };
}
