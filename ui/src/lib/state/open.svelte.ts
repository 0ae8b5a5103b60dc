// What lies over the view: one dialog at a time.
export type Over = "palette" | "shortcuts" | "new-dossier" | "export" | "password" | "recovery" | null;
class Open {
  over = $state<Over>(null);
  show = (over: Over) => (this.over = over);
  close = () => (this.over = null);
}
export const open = new Open();
