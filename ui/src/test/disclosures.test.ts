// Requests for information, the register, copies for peer review, and packages.
import { screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import { register, resetRegister } from "../mock/disclosures";
import { asked, signedIn } from "./window";

const opened = () => signedIn({ view: "dossier", id: "d2", tab: "disclosures" });
beforeEach(resetRegister);
type User = Awaited<ReturnType<typeof signedIn>>["user"];
async function weigh(user: User, answers: Record<string, "yes" | "no">) {
  await user.click(await screen.findByTestId("request-decide"));
  for (const [ground, answer] of Object.entries({ interest: "yes", need: "yes", harm: "no", doubt: "no", ...answers })) await user.click(await screen.findByTestId(`${ground}-${answer}`));
}

describe("requests for information", () => {
  test("are listed with who asks, what for, and until when", async () => {
    await opened();
    const [one] = await screen.findAllByTestId("request");
    expect(one).toHaveTextContent("Bloemhof B.V.");
    expect(one).toHaveTextContent(/Werkgever · Verzuim en re-integratie.*Antwoord uiterlijk 04-12-2026/);
  });
  test("are registered: the purposes follow the asker", async () => {
    const { user, backend } = await opened();
    await user.click(await screen.findByTestId("request-new"));
    await user.selectOptions(screen.getByTestId("request-asker"), "insurer");
    expect(within(screen.getByTestId("request-purpose")).getAllByRole("option").map((o) => o.getAttribute("value"))).toEqual(["claim"]);
    await user.type(screen.getByTestId("request-name"), "Zeker & Co");
    await user.click(screen.getByTestId("request-save"));
    await waitFor(() => expect(asked(backend, "register_request")).toMatchObject([{ dossier: "d2", request: { asker: "insurer", purpose: "claim", name: "Zeker & Co", language: "nl" } }]));
    expect(await screen.findByText("Zeker & Co")).toBeInTheDocument();
  });
  test("the letter is seen before it goes, with what stays behind, and what was seen is approved", async () => {
    const { user, backend } = await opened();
    await weigh(user, {});
    await user.click(screen.getByTestId("weigh-preview"));
    expect((await screen.findAllByTestId("letter-value")).map((v) => v.textContent)).toEqual(["Sanne van der Berg", "gedeeltelijk", "acht weken"]);
    expect(screen.getByTestId("letter-left-out")).toHaveTextContent("Mogelijkheden voor werk");
    await user.click(screen.getByTestId("letter-approve"));
    await waitFor(() => expect(asked(backend, "answer_request")).toMatchObject([{ request: "q1", digest: "d1", revision: 1, reply: { partly: false, answers: [{ ground: "interest", yes: true }, { ground: "need", yes: true }, { ground: "harm", yes: false }, { ground: "doubt", yes: false }] } }]));
    await waitFor(() => expect(screen.getAllByTestId("request")[0]).toHaveTextContent("Beantwoord"));
  });
  test("a question that is open, or a ground of refusal, keeps the letter away", async () => {
    const { user, backend } = await opened();
    await user.click(await screen.findByTestId("request-decide"));
    expect(await screen.findByTestId("weigh-preview")).toBeDisabled();
    expect(screen.getByTestId("weigh-refuse")).toBeDisabled();
    for (const [ground, answer] of [["interest", "no"], ["need", "yes"], ["harm", "no"], ["doubt", "no"]]) await user.click(screen.getByTestId(`${ground}-${answer}`));
    expect(screen.getByTestId("weigh-preview")).toBeDisabled();
    const select = screen.getByTestId("refuse-reason");
    expect(select).toHaveValue("interest");
    // Only what the answers give is a reason, or that nobody consented.
    expect(within(select).getAllByRole<HTMLOptionElement>("option").map((o) => o.value)).toEqual(["interest", "no_consent"]);
    expect(screen.getByTestId("weigh-against")).toHaveTextContent("mag niets naar buiten");
    await user.click(screen.getByTestId("weigh-refuse"));
    // The refusal is seen before it goes, too.
    expect(await screen.findByTestId("letter")).toBeInTheDocument();
    expect(asked(backend, "refuse_request")).toEqual([]);
    await user.click(screen.getByTestId("letter-refuse"));
    await waitFor(() => expect(asked(backend, "refuse_request")).toMatchObject([{ request: "q1", digest: "d2", reply: { reason: "interest", result: "" } }]));
  });
  test("where nothing stands in the way there is no reason to refuse the person", async () => {
    register.all = register.all.map((r) => (r.entry === "q1" ? { ...r, asker: "person", purpose: "own_data" } : r));
    const { user } = await opened();
    await user.click(await screen.findByTestId("request-decide"));
    for (const [ground, answer] of [["interest", "yes"], ["need", "yes"], ["harm", "no"], ["doubt", "no"]]) await user.click(screen.getByTestId(`${ground}-${answer}`));
    expect(screen.getByTestId("weigh-refuse")).toBeDisabled();
    expect(screen.getByTestId("weigh-no-ground")).toHaveTextContent("geen grond om te weigeren");
    expect(screen.queryByTestId("refuse-reason")).not.toBeInTheDocument();
    await user.click(screen.getByTestId("doubt-yes"));
    expect(screen.getByTestId("refuse-reason")).toHaveValue("doubt");
    expect(screen.getByTestId("weigh-refuse")).toBeEnabled();
  });
  test("without consent the letter cannot be approved, and says so", async () => {
    register.all = register.all.map((r) => (r.entry === "q1" ? { ...r, asker: "insurer", purpose: "claim" } : r));
    const { user } = await opened();
    await weigh(user, {});
    await user.click(screen.getByTestId("weigh-preview"));
    expect(await screen.findByTestId("letter-denied")).toHaveTextContent("geen geldige toestemming");
    expect(screen.getByTestId("letter-approve")).toBeDisabled();
  });
  test("a dossier that moves is packed once", async () => {
    const { user } = await opened();
    await user.click(await screen.findByTestId("package-make"));
    await user.type(await screen.findByTestId("new-password"), "vlonder-kano-mist-uil");
    await user.type(screen.getByTestId("repeat-password"), "vlonder-kano-mist-uil");
    await waitFor(() => expect(screen.getByTestId("package-go")).toBeEnabled());
    expect(screen.getByTestId("package-dialog")).toHaveTextContent("wat in de prullenbak ligt");
    await user.click(screen.getByTestId("package-go"));
    expect(await screen.findByTestId("package-report")).toHaveTextContent("Medische notitie. Dit kan alleen de arts lezen");
    await user.click(screen.getByTestId("package-done"));
    await waitFor(() => expect(screen.queryByTestId("package-make")).toBeNull());
  });
});

describe("elsewhere", () => {
  test("who manages hands the whole practice over, to a firm with a name", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "disclosures" });
    await user.click(await screen.findByTestId("hand-over-practice"));
    await user.type(await screen.findByTestId("new-password"), "vlonder-kano-mist-uil");
    await user.type(screen.getByTestId("repeat-password"), "vlonder-kano-mist-uil");
    expect(screen.getByTestId("package-go")).toBeDisabled();
    await user.type(screen.getByTestId("package-firm"), "Nieuw Begin");
    await waitFor(() => expect(screen.getByTestId("package-go")).toBeEnabled());
    await user.click(screen.getByTestId("package-go"));
    await waitFor(() => expect(asked(backend, "package_practice")).toMatchObject([{ firm: "Nieuw Begin" }]));
    expect(await screen.findByTestId("package-report")).toHaveTextContent("Alles wat u mag lezen");
  });
  test("the register lists everybody, or only what is open", async () => {
    const { user } = await signedIn({ view: "manage", tab: "disclosures" });
    expect(await screen.findAllByTestId("register-line")).toHaveLength(2);
    await user.click(screen.getByTestId("register-open"));
    await waitFor(() => expect(screen.getAllByTestId("register-line")).toHaveLength(1));
  });
  test("today says what is to be answered", async () => {
    await signedIn();
    expect(await screen.findByTestId("open-request")).toHaveTextContent("Bloemhof B.V.");
  });
  test("a copy for peer review is compared, and a name that comes back does not leave", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    await user.click(await screen.findByTestId("dossier-menu"));
    await user.click(await screen.findByTestId("dossier-peer"));
    const after = await screen.findAllByTestId("peer-after");
    expect(after[1]).toHaveValue("[naam] belde op 12 augustus over [organisatie]. Pietersen was erbij.");
    // A name that the program does not know is told, and goes with one click.
    await user.click(screen.getByTestId("peer-stayed"));
    expect(after[1]).toHaveValue("[naam] belde op 12 augustus over [organisatie]. [naam] was erbij.");
    expect(screen.queryByTestId("peer-stayed")).toBeNull();
    await user.type(after[0]!, " Sanne lacht.");
    await user.click(screen.getByTestId("peer-save"));
    expect(await screen.findByTestId("peer-trace")).toHaveTextContent("Er staat nog een naam in.");
    expect(asked(backend, "save_peer_copy")).toEqual([]);
    await user.clear(after[0]!);
    await user.click(screen.getByTestId("peer-save"));
    await waitFor(() => expect(asked(backend, "save_peer_copy")).toHaveLength(1));
  });
  test("a package comes in, and a wrong password says so", async () => {
    const { user } = await signedIn({ view: "clients" });
    await user.click(await screen.findByTestId("clients-menu"));
    await user.click(await screen.findByTestId("menu-receive"));
    await user.type(await screen.findByTestId("receive-password"), "fout");
    await user.click(screen.getByTestId("receive-go"));
    expect(await screen.findByRole("alert")).toBeInTheDocument();
    await user.clear(screen.getByTestId("receive-password"));
    await user.type(screen.getByTestId("receive-password"), "goed");
    await user.click(screen.getByTestId("receive-go"));
    expect((await screen.findByTestId("receive-report")).textContent).toContain("geen geldige toestemming");
    await user.click(screen.getByTestId("receive-done"));
    await waitFor(() => expect(screen.queryByTestId("receive-report")).toBeNull());
  });
});
