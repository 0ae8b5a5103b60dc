import type { Component } from "svelte";
import Award from "@lucide/svelte/icons/award";
import Banknote from "@lucide/svelte/icons/banknote";
import ClipboardPen from "@lucide/svelte/icons/clipboard-pen";
import FlaskConical from "@lucide/svelte/icons/flask-conical";
import GraduationCap from "@lucide/svelte/icons/graduation-cap";
import Handshake from "@lucide/svelte/icons/handshake";
import MessageSquare from "@lucide/svelte/icons/message-square";
import NotebookPen from "@lucide/svelte/icons/notebook-pen";
import Stethoscope from "@lucide/svelte/icons/stethoscope";
import Target from "@lucide/svelte/icons/target";
import UserCog from "@lucide/svelte/icons/user-cog";
import Users from "@lucide/svelte/icons/users-round";
import type { EntryContent } from "../../ipc/bindings";

export const CHANNELS = ["telephone", "email", "letter", "chat", "website", "conversation"];
export const STATES = ["open", "reached", "dropped"];
export const ROLES = ["gp", "psychologist", "partner", "ex_partner", "child", "parent", "school", "manager", "commissioner", "supporter", "project_leader", "other"];
export const PARTS = ["commissioner", "employer", "contact_person", "manager", "physician", "case_manager", "coach", "project_leader", "adviser", "insurer", "stand_in", "other"];
/** What is written, as against filled in. */
export const WRITTEN = ["note", "goal", "contact"];
export const FACTS = ["certificate", "wage", "part"];
/** Who speaks for the person by law. */
export const BY_LAW = ["parent", "guardian", "curator", "mentor"];
/** Shapes that stand under the forms and not in the story. */
export const FORMAL = ["consent", "ground", "own_view", "representative", "authorisation"];

export const blank = (part: Partial<EntryContent> = {}): EntryContent => ({ text: "", on: null, title: null, channel: null, role: null, state: null, parent: null, telephone: null, email: null, until: null, amount: null, hours: null, dossier: null, kind: null, file: null, ...part });

const icons: Record<string, Component<{ size?: number }>> = {
  session_notes: NotebookPen, contact_log: MessageSquare, interventions: Handshake, goals: Target, test_results: FlaskConical, medical_notes: Stethoscope, people_involved: Users,
  personnel_notes: ClipboardPen, trainings: GraduationCap, certificates: Award, wage_history: Banknote, roles: UserCog,
};
export const entryIcon = (field: string) => icons[field] ?? NotebookPen;
/** Where an open text of a change to an existing entry is kept. */
export const draftOf = (field: string, entry: string) => `${field}#${entry}`;
