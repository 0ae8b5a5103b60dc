import { refocus } from "./focus";

/** When what had the focus in a box makes way for something else (`changes`), the focus goes to what stands there then. */
export function heldFocus(box: () => HTMLElement | undefined, changes: () => unknown, find: (box: HTMLElement) => HTMLElement | null) {
  let held = false;
  $effect.pre(() => {
    changes();
    held = !!box()?.contains(document.activeElement);
  });
  $effect(() => {
    changes();
    if (held) void refocus(() => { const b = box(); return b && find(b); });
  });
}
