import type { Component } from "svelte";
import FlaskConical from "@lucide/svelte/icons/flask-conical";
import Handshake from "@lucide/svelte/icons/handshake";
import MessageSquare from "@lucide/svelte/icons/message-square";
import NotebookPen from "@lucide/svelte/icons/notebook-pen";
import Stethoscope from "@lucide/svelte/icons/stethoscope";
import Target from "@lucide/svelte/icons/target";
import Users from "@lucide/svelte/icons/users-round";
import type { EntryContent } from "../../ipc/bindings";

export const CHANNELS = ["telephone", "email", "letter", "chat", "website", "conversation"];
export const STATES = ["open", "reached", "dropped"];
export const ROLES = ["gp", "psychologist", "partner", "ex_partner", "child", "parent", "school", "manager", "commissioner", "supporter", "project_leader", "other"];

export const blank = (part: Partial<EntryContent> = {}): EntryContent => ({ text: "", on: null, title: null, channel: null, role: null, state: null, parent: null, telephone: null, email: null, ...part });

const icons: Record<string, Component<{ size?: number }>> = {
  session_notes: NotebookPen, contact_log: MessageSquare, interventions: Handshake, goals: Target, test_results: FlaskConical, medical_notes: Stethoscope, people_involved: Users,
};
export const entryIcon = (field: string) => icons[field] ?? NotebookPen;
/** Where an open text of a change to an existing entry is kept. */
export const draftOf = (field: string, entry: string) => `${field}#${entry}`;
