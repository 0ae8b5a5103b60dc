/** How many rows of the file these are about: one row can have several faults. */
export const rowsOf = (about: { line: number }[]) => new Set(about.map((one) => one.line)).size;
