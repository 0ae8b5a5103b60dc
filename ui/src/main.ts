import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

async function begin() {
  // Only in `npm run mock`: in a real build this line, and everything behind it, is gone.
  if (import.meta.env.MODE === "mock") await (await import("./mock/install")).install();
  mount(App, { target: document.getElementById("app")! });
}
void begin();
