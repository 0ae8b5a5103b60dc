import Eye from "@lucide/svelte/icons/eye";
import Minus from "@lucide/svelte/icons/minus";
import PencilLine from "@lucide/svelte/icons/pencil-line";
import { m } from "../../i18n/index.svelte";
import type { Level } from "../../ipc/bindings";

export const LEVELS: Level[] = ["none", "view", "edit"];
export const levelIcon = { none: Minus, view: Eye, edit: PencilLine };
export const levelName = (l: Level) => ({ none: m.level_none, view: m.level_view, edit: m.level_edit })[l]();
