// What lies over the view: one dialog at a time.
export type Over = "palette" | "shortcuts" | "new-dossier" | "new-employee" | "new-relation" | "export" | "mailing" | "receive" | "password" | "recovery" | "unlock" | null;
class Open {
  over = $state<Over>(null);
  /** The vault whose password is asked. */
  vault = $state("");
  unlock(vault: string) {
    [this.vault, this.over] = [vault, "unlock"];
  }
  show = (over: Over) => (this.over = over);
  close = () => (this.over = null);
  /** Dialogs that only their own button closes: meanwhile no key leads elsewhere. */
  held = 0;
  hold() {
    this.held += 1;
    return () => void (this.held -= 1);
  }
}
export const open = new Open();
