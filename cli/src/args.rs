//! What can be typed.

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What stands below the help.
const AFTER: &str = "\
Messages are in Dutch when LANG (or LC_ALL, LC_MESSAGES) begins with nl, otherwise in English.
One program at a time works in a practice folder: close the window of Dossierkluis first.
The window keeps its practice in ~/.local/share/dossierkluis/practice unless another folder was chosen.
Field ids and kinds of dossier: kluis fields.

Exit codes: 0 done, 1 failed, 2 usage, 3 wrong password, 4 not authorised, 5 damaged, 6 in use, 7 input refused.";

/// Encrypted client dossiers.
#[derive(Parser)]
#[command(name = "kluis", version, propagate_version = true, after_help = AFTER)]
pub struct Cli {
    /// For every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// For every verb.
#[derive(Args)]
pub struct Global {
    /// Who signs in: a name or an id.
    #[arg(long = "as", value_name = "USER", global = true)]
    pub as_user: Option<String>,
    /// File with the password (one newline at its end is left out); otherwise it is asked for.
    #[arg(long, value_name = "FILE", global = true)]
    pub password_file: Option<PathBuf>,
    /// Opens this vault for the verb.
    #[arg(long, value_name = "NAME", global = true)]
    pub vault: Option<String>,
    /// File with the password of the vault; otherwise it is asked for.
    #[arg(long, value_name = "FILE", global = true)]
    pub vault_password_file: Option<PathBuf>,
    /// JSON on standard output, errors as JSON on standard error.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The verbs.
#[derive(Subcommand)]
pub enum Verb {
    /// Found a practice.
    New(New),
    /// Build a practice with made-up people.
    Demo(Demo),
    /// People with an account.
    User(User),
    /// Groups of users with the same rights.
    Group(Group),
    /// Circles: who shares which dossiers.
    Circle(Circle),
    /// Rights of groups on protected fields.
    Grant(Grant),
    /// Import a client list (CSV, XLSX or vCard).
    Import(Import),
    /// The fields that a dossier can have; needs no practice.
    Fields(Fields),
    /// List dossiers.
    List(List),
    /// Search every field and note that may be read.
    Search(Search),
    /// Show a dossier.
    Show(Show),
    /// Change a field.
    Set(Set),
    /// Make a dossier.
    Add(Add),
    /// Add a note, or another entry.
    Note(Note),
    /// Write dossiers to a file.
    Export(Export),
    /// Read the access log, write it to a file, or check such a file.
    Audit(Audit),
    /// Make a backup and prove it.
    Backup(Backup),
    /// Make a practice of a backup, in a new folder.
    Restore(Restore),
    /// Try a restore in a private place and keep the proof.
    Drill(Drill),
    /// Check the whole practice.
    Verify(Folder),
    /// Earlier values of a field.
    History(History),
    /// Choose a new password with the recovery sheet, or with two of the three shares.
    Recover(Recover),
    /// Get ready for what may be lost, and save what can be saved.
    Recovery(Recovery),
    /// This computer goes away: destroy the keys and files of the practice here.
    Retire(Retire),
    /// Vaults: what opens with a password of its own.
    Vault(Vault),
    /// Standing in for somebody who is away.
    StandIn(StandIn),
    /// Documents of dossiers.
    Document(Document),
    /// Invoices and credit notes.
    Invoice(Invoice),
    /// Write a mailing list, without those who do not want it.
    Mailing(Mailing),
    /// Report to a commissioner.
    Report(Report),
    /// How the papers of the practice look.
    Style(Style),
    /// Do the work that waits: new keys after withdrawn rights, sealing again, emptying the bin.
    Maintain(Folder),
    /// Requests for information, and the register of what went out.
    Disclosure(Disclosure),
    /// A copy for peer review, without what leads to the person.
    PeerReview(PeerReview),
    /// Write a dossier, or the whole practice, to an encrypted package for another firm.
    Package(Package),
    /// Take in a package of another firm, whole or not at all.
    Receive(Receive),
    /// Consents of dossiers, and the forms that are signed.
    Consent(Consent),
    /// Grounds other than consent.
    Ground(Ground),
}

/// A practice folder alone.
#[derive(Args)]
pub struct Folder {
    /// The practice folder.
    pub dir: PathBuf,
}

/// `kluis vault`
#[derive(Args)]
pub struct Vault {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: VaultAction,
}

/// What to do with vaults.
#[derive(Subcommand)]
pub enum VaultAction {
    /// List the vaults that may be opened.
    List,
    /// Make a vault; its password is in --vault-password-file.
    New(VaultNew),
    /// Make a new key and seal everything again.
    Rekey {
        /// Its name.
        name: String,
    },
    /// Choose another password for it.
    Password {
        /// Its name.
        name: String,
        /// File with the new password.
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// Open it with its recovery sheet and choose a new password.
    Recover {
        /// Its name.
        name: String,
        /// File with the code of the sheet.
        #[arg(long, value_name = "FILE")]
        code_file: PathBuf,
        /// File with the new password.
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// Make a new recovery sheet for it; the former stops working.
    Sheet {
        /// Its name.
        name: String,
        /// Where to write it: a PDF to print when it ends in .pdf, otherwise text.
        file: PathBuf,
    },
    /// Let a colleague try to open it.
    Add {
        /// Its name.
        name: String,
        /// Who.
        user: String,
    },
    /// Take the way to it from a colleague.
    Remove {
        /// Its name.
        name: String,
        /// Who.
        user: String,
    },
    /// Make another member answer for it.
    HandOver {
        /// Its name.
        name: String,
        /// Who.
        user: String,
    },
    /// Write everything in it to a file that the age program opens.
    Export {
        /// Its name.
        name: String,
        /// The file.
        file: PathBuf,
        /// For whom.
        #[command(flatten)]
        to: Carry,
    },
}

/// `kluis vault new`
#[derive(Args)]
pub struct VaultNew {
    /// Its name.
    pub name: String,
    /// Who may try to open it as well.
    #[arg(long, value_name = "USER")]
    pub member: Vec<String>,
    /// The medical compartment; only a physician can make it.
    #[arg(long)]
    pub medical: bool,
    /// Minutes without use after which it closes in the window.
    #[arg(long, default_value_t = 10)]
    pub minutes: u32,
    /// Where to write its recovery sheet: a PDF to print when it ends in .pdf, otherwise text.
    #[arg(long, value_name = "FILE")]
    pub recovery: Option<PathBuf>,
}

/// Who can open what leaves.
#[derive(Args)]
pub struct Carry {
    /// File with the password that will open it; otherwise it is asked for.
    #[arg(long, value_name = "FILE")]
    pub export_password_file: Option<PathBuf>,
    /// An age recipient (age1…) in place of a password.
    #[arg(
        long,
        value_name = "RECIPIENT",
        conflicts_with = "export_password_file"
    )]
    pub recipient: Option<String>,
    /// Work of scrypt as log2(N): for tests and benchmarks.
    #[arg(long, hide = true)]
    pub work: Option<u8>,
}

/// `kluis stand-in`
#[derive(Args)]
pub struct StandIn {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: StandInAction,
}

/// What to do with stand-ins.
#[derive(Subcommand)]
pub enum StandInAction {
    /// Give a colleague dossiers for some days.
    Give {
        /// The dossiers.
        #[arg(required = true)]
        dossiers: Vec<String>,
        /// To whom.
        #[arg(long, value_name = "USER")]
        to: String,
        /// The first day.
        #[arg(long, value_name = "DATE")]
        from: String,
        /// The last day.
        #[arg(long, value_name = "DATE")]
        until: String,
    },
    /// List those that one gave or is.
    List,
    /// End one now, before its day.
    End {
        /// Which.
        id: String,
    },
    /// Read what was seen and done.
    Report {
        /// Which.
        id: String,
    },
}

/// `kluis document`
#[derive(Args)]
pub struct Document {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: DocumentAction,
}

/// What to do with documents.
#[derive(Subcommand)]
pub enum DocumentAction {
    /// Take a file in; it stays where it was as well.
    Add {
        /// The dossier.
        id: String,
        /// The file.
        file: PathBuf,
        /// In which list.
        #[arg(long, default_value = "documents")]
        field: String,
        /// What kind of document.
        #[arg(long)]
        kind: Option<String>,
        /// What it is called.
        #[arg(long)]
        title: Option<String>,
        /// The day that it is about.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Leave it where it is and watch whether it changes.
        #[arg(long)]
        link: bool,
        /// The statutory ground for a whole copy of an identity document.
        #[arg(long)]
        ground: Option<String>,
        /// A copy of an identity document that was blacked out.
        #[arg(long)]
        redacted: bool,
        /// Keep it although its title or name seems to hold medical words or a BSN.
        #[arg(long)]
        confirm: bool,
    },
    /// List the documents of a dossier.
    List {
        /// The dossier.
        id: String,
    },
    /// Write a document to a file, readable for whoever finds it there.
    Get {
        /// The document.
        document: String,
        /// The file.
        file: PathBuf,
        /// Replace a file that is there already.
        #[arg(long)]
        force: bool,
    },
    /// Link a linked document to where its file lies now.
    Relink {
        /// The document.
        document: String,
        /// The file.
        file: PathBuf,
    },
    /// Put a new version in its place.
    Replace {
        /// The document.
        document: String,
        /// The file.
        file: PathBuf,
    },
    /// Write it to a file that the age program opens.
    Export {
        /// The document.
        document: String,
        /// The file.
        file: PathBuf,
        /// Replace a file that is there already.
        #[arg(long)]
        force: bool,
        /// For whom.
        #[command(flatten)]
        to: Carry,
    },
    /// Destroy it with every version, for good.
    Destroy {
        /// The document.
        document: String,
    },
}

/// `kluis invoice`
#[derive(Args)]
pub struct Invoice {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: InvoiceAction,
}

/// What to do with invoices.
#[derive(Subcommand)]
pub enum InvoiceAction {
    /// Issue an invoice: it gets the next number of the year and is fixed from then on.
    New {
        /// The dossier.
        id: String,
        /// A line: [DATE;]DESCRIPTION;AMOUNT, the amount in euro without VAT.
        #[arg(long, value_name = "LINE", required = true)]
        line: Vec<String>,
        /// VAT over the lines: 21, 9 or 0, or the ground of exemption: health, education or small.
        #[arg(long, default_value = "21")]
        vat: String,
        /// A line of the recipient's name and address; otherwise those of the dossier.
        #[arg(long, value_name = "TEXT")]
        to: Vec<String>,
        /// What the recipient wants to read on it.
        #[arg(long)]
        reference: Option<String>,
        /// Days in which to pay.
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// In English rather than Dutch.
        #[arg(long)]
        english: bool,
        /// Issue it although a text seems to hold medical words.
        #[arg(long)]
        confirm: bool,
        /// Only look: to whom, how much, and what the style of the house lacks. Nothing is issued.
        #[arg(long)]
        look: bool,
    },
    /// List every number, with what it says where that may be read.
    List,
    /// Cancel an invoice with a credit note.
    Credit {
        /// Its number: 2026-0042.
        number: String,
    },
    /// Write the list for the bookkeeper as CSV.
    Export {
        /// The file.
        file: PathBuf,
        /// This year alone.
        #[arg(long)]
        year: Option<i64>,
    },
}

/// `kluis mailing`
#[derive(Args)]
pub struct Mailing {
    /// The practice folder.
    pub dir: PathBuf,
    /// In which way people are approached.
    #[arg(value_parser = ["post", "email", "telephone", "newsletter"])]
    pub channel: String,
    /// The file (CSV).
    pub file: PathBuf,
}

/// `kluis report`
#[derive(Args)]
pub struct Report {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: ReportAction,
}

/// What to do with reports.
#[derive(Subcommand)]
pub enum ReportAction {
    /// Show exactly what would go; nothing leaves.
    Show {
        /// The dossier.
        id: String,
        /// What it is about.
        #[command(flatten)]
        about: ReportAbout,
    },
    /// Write the report as PDF, keep it with the dossier, and log which fields went.
    Send {
        /// The dossier.
        id: String,
        /// The file.
        file: PathBuf,
        /// What it is about.
        #[command(flatten)]
        about: ReportAbout,
    },
    /// The profiles: which fields go.
    Profiles,
    /// Make a profile, or replace the one of this name.
    Profile {
        /// Its name.
        name: String,
        /// A field or list with what the report calls it: FIELD=TEXT.
        #[arg(long, value_name = "FIELD=TEXT", required = true)]
        field: Vec<String>,
        /// Protected fields and notes may be among them.
        #[arg(long)]
        protected: bool,
    },
}

/// What a report is about.
#[derive(Args)]
pub struct ReportAbout {
    /// The profile; otherwise the first.
    #[arg(long)]
    pub profile: Option<String>,
    /// A line of the commissioner's name and address.
    #[arg(long, value_name = "TEXT")]
    pub to: Vec<String>,
    /// The first day.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// The last day.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Hours in the period.
    #[arg(long)]
    pub hours: Option<String>,
    /// What the writer adds.
    #[arg(long)]
    pub note: Option<String>,
    /// In English rather than Dutch.
    #[arg(long)]
    pub english: bool,
}

/// `kluis style`
#[derive(Args)]
pub struct Style {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: StyleAction,
}

/// What to do with the style of the house.
#[derive(Subcommand)]
pub enum StyleAction {
    /// Show it.
    Show,
    /// Change what is named; the rest stays.
    Set {
        /// Name on the papers.
        #[arg(long)]
        name: Option<String>,
        /// A line of the address.
        #[arg(long, value_name = "TEXT")]
        address: Vec<String>,
        /// Telephone, e-mail, website: a line each.
        #[arg(long, value_name = "TEXT")]
        contact: Vec<String>,
        /// Number in the trade register.
        #[arg(long)]
        kvk: Option<String>,
        /// VAT identification number.
        #[arg(long)]
        vat_id: Option<String>,
        /// Bank account.
        #[arg(long)]
        iban: Option<String>,
        /// #rrggbb
        #[arg(long)]
        colour: Option<String>,
        /// A PNG or SVG.
        #[arg(long, value_name = "FILE")]
        logo: Option<PathBuf>,
    },
    /// Write a template that the program ships, to begin one's own with.
    Template {
        /// Which.
        #[arg(value_parser = TEMPLATES)]
        template: String,
        /// The file.
        file: PathBuf,
    },
    /// Use a template of one's own; without a file, the shipped one again.
    Use {
        /// Which.
        #[arg(value_parser = TEMPLATES)]
        template: String,
        /// The file.
        file: Option<PathBuf>,
    },
    /// Write a paper with made-up content, to look at.
    Sample {
        /// Which.
        #[arg(value_parser = TEMPLATES)]
        template: String,
        /// The file (PDF).
        file: PathBuf,
    },
}

const TEMPLATES: [&str; 6] = [
    "letter",
    "consent",
    "report",
    "invoice",
    "recovery_sheet",
    "list",
];

/// `kluis new`
#[derive(Args)]
pub struct New {
    /// A new or empty folder.
    pub dir: PathBuf,
    /// Name of the practice.
    #[arg(long)]
    pub practice: String,
    /// Name of the founder.
    #[arg(long)]
    pub user: String,
    /// Where to write the recovery sheet: a PDF to print when it ends in .pdf, otherwise text.
    #[arg(long, value_name = "FILE")]
    pub recovery: Option<PathBuf>,
    /// Groups of the founder beside the administrators.
    #[arg(long, value_enum, default_values_t = [Role::Coach])]
    pub role: Vec<Role>,
    /// Work of scrypt as log2(N): for tests and benchmarks.
    #[arg(long, hide = true)]
    pub work: Option<u8>,
}

/// `kluis demo`
#[derive(Args)]
pub struct Demo {
    /// A new or empty folder.
    pub dir: PathBuf,
    /// Clients.
    #[arg(long, default_value_t = 60)]
    pub clients: usize,
    /// Session notes for each.
    #[arg(long, default_value_t = 3)]
    pub notes: usize,
    /// Clients alone: no employees, vault, company or documents.
    #[arg(long)]
    pub bare: bool,
    /// The same seed gives the same people.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Work of scrypt as log2(N): for tests and benchmarks.
    #[arg(long, hide = true)]
    pub work: Option<u8>,
}

/// A built-in group.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Manages people and rights alone.
    Administrator,
    /// Coaches.
    Coach,
    /// Physicians.
    Physician,
    /// Front desk.
    Reception,
}

/// `kluis user`
#[derive(Args)]
pub struct User {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: UserAction,
}

/// What can be done with people.
#[derive(Subcommand)]
pub enum UserAction {
    /// Invite a colleague; prints the one-time password.
    Add {
        /// Display name.
        name: String,
        /// Groups, by role, name or id.
        #[arg(long)]
        group: Vec<String>,
    },
    /// Everybody with an account.
    List,
    /// A new one-time password for somebody who has not signed in yet.
    Renew {
        /// Name or id.
        name: String,
    },
    /// Block an account.
    Disable {
        /// Name or id.
        name: String,
    },
    /// Choose a new password; an invited colleague joins by it.
    Password {
        /// File with the new password; otherwise it is asked for.
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// Date after which the password must be changed; `never` for none.
    Expire {
        /// Name or id.
        name: String,
        /// A date, or `never`.
        date: String,
    },
    /// Demand a new password at the next sign-in.
    RequireChange {
        /// Name or id.
        name: String,
    },
    /// Record a signed statement: confidentiality, `professional_secrecy` or `derived_secrecy`.
    Statement {
        /// Name or id.
        name: String,
        /// Kind of statement.
        kind: String,
        /// When it was signed.
        date: String,
        /// A note.
        #[arg(long, default_value = "")]
        note: String,
    },
}

/// `kluis group`
#[derive(Args)]
pub struct Group {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: GroupAction,
}

/// What can be done with groups.
#[derive(Subcommand)]
pub enum GroupAction {
    /// All groups.
    List,
    /// Make a group without rights.
    New {
        /// Its name.
        name: String,
    },
    /// Put somebody in a group.
    Add {
        /// Role, name or id.
        group: String,
        /// Name or id.
        user: String,
    },
    /// Take somebody out of a group.
    Remove {
        /// Role, name or id.
        group: String,
        /// Name or id.
        user: String,
    },
}

/// `kluis circle`
#[derive(Args)]
pub struct Circle {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: CircleAction,
}

/// What can be done with circles.
#[derive(Subcommand)]
pub enum CircleAction {
    /// The circles that one is in.
    List,
    /// Make a circle.
    New {
        /// Its name.
        name: String,
    },
    /// Put a colleague in a circle.
    Add {
        /// Name or id.
        circle: String,
        /// Name or id.
        user: String,
    },
    /// Take somebody out of a circle.
    Remove {
        /// Name or id.
        circle: String,
        /// Name or id.
        user: String,
    },
    /// Move a dossier to a circle.
    Move {
        /// Dossier.
        id: String,
        /// Name or id.
        circle: String,
    },
}

/// `kluis grant`
#[derive(Args)]
pub struct Grant {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: GrantAction,
}

/// What can be done with rights.
#[derive(Subcommand)]
pub enum GrantAction {
    /// The authorisation matrix.
    List,
    /// Set what a group may do with a field.
    Set {
        /// Field id (see `kluis fields`).
        field: String,
        /// Role, name or id.
        group: String,
        /// none, view or edit.
        #[arg(value_enum)]
        level: LevelWord,
    },
    /// Grants that wait for somebody who holds the key.
    Waiting,
    /// Give a key that waits.
    Give {
        /// Key, as `waiting` names it, or the field id.
        key: String,
        /// Name or id.
        user: String,
    },
    /// Give an open field a key of its own.
    Protect {
        /// Field id (see `kluis fields`).
        field: String,
    },
}

/// What a group may do with a field.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelWord {
    /// Neither see nor change.
    None,
    /// See.
    View,
    /// See and change.
    Edit,
}

/// `kluis import`
#[derive(Args)]
pub struct Import {
    /// The practice folder.
    pub dir: PathBuf,
    /// CSV, XLSX or vCard.
    pub file: PathBuf,
    /// Kind of dossier.
    #[arg(long, default_value = "client")]
    pub kind: String,
    /// The circle that they will lie in: name or id; one's own without.
    #[arg(long)]
    pub circle: Option<String>,
    /// JSON file from heading to field id; guessed without.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// Import nothing when any row is refused.
    #[arg(long)]
    pub all_or_nothing: bool,
    /// Leave out who is probably there already.
    #[arg(long)]
    pub skip_duplicates: bool,
}

/// `kluis fields`
#[derive(Args)]
pub struct Fields {
    /// A kind of dossier; all fields without.
    #[arg(long)]
    pub kind: Option<String>,
}

/// `kluis list`
#[derive(Args)]
pub struct List {
    /// The practice folder.
    pub dir: PathBuf,
    /// Kinds of dossier; all without.
    #[arg(long)]
    pub kind: Vec<String>,
    /// Field to sort by, or `name` or `changed`.
    #[arg(long, default_value = "name")]
    pub sort: String,
    /// The other way round.
    #[arg(long)]
    pub descending: bool,
    /// Words that must be in the fields.
    #[arg(long, default_value = "")]
    pub filter: String,
    /// A field and a text that it must contain.
    #[arg(long = "where", value_name = "FIELD=TEXT")]
    pub field: Option<String>,
    /// One circle: name or id.
    #[arg(long)]
    pub circle: Option<String>,
    /// Rows to pass over.
    #[arg(long, default_value_t = 0)]
    pub offset: usize,
    /// Most rows.
    #[arg(long)]
    pub limit: Option<usize>,
}

/// `kluis search`
#[derive(Args)]
pub struct Search {
    /// The practice folder.
    pub dir: PathBuf,
    /// Words to look for.
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// Most hits.
    #[arg(long, default_value_t = 1000)]
    pub limit: usize,
}

/// `kluis show`
#[derive(Args)]
pub struct Show {
    /// The practice folder.
    pub dir: PathBuf,
    /// Dossier.
    pub id: String,
    /// This field alone.
    #[arg(long)]
    pub field: Option<String>,
}

/// `kluis set`
#[derive(Args)]
#[command(override_usage = "kluis set [OPTIONS] <DIR> <ID> <FIELD> <VALUE|--stdin>")]
#[command(group(ArgGroup::new("what").required(true).args(["value", "stdin"])))]
pub struct Set {
    /// The practice folder.
    pub dir: PathBuf,
    /// Dossier.
    pub id: String,
    /// Field id (see `kluis fields`).
    pub field: String,
    /// The value; "" clears the field, and its history keeps what stood there.
    #[arg(allow_hyphen_values = true)]
    pub value: Option<String>,
    /// Read the value from standard input, so that it is in no list of processes.
    #[arg(long)]
    pub stdin: bool,
}

/// `kluis add`
#[derive(Args)]
pub struct Add {
    /// The practice folder.
    pub dir: PathBuf,
    /// Kind of dossier.
    #[arg(long, default_value = "client")]
    pub kind: String,
    /// The circle that it will lie in: name or id; one's own without.
    #[arg(long)]
    pub circle: Option<String>,
    /// Fields with their values, at least one: surname=Jansen given_name=Jan. `kluis fields` lists them.
    #[arg(value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,
}

/// `kluis note`
#[derive(Args)]
#[command(override_usage = "kluis note [OPTIONS] <DIR> <ID> <TEXT|--stdin>")]
#[command(group(ArgGroup::new("what").required(true).args(["text", "stdin"])))]
pub struct Note {
    /// The practice folder.
    pub dir: PathBuf,
    /// Dossier.
    pub id: String,
    /// The text.
    #[arg(allow_hyphen_values = true)]
    pub text: Option<String>,
    /// Read the text from standard input.
    #[arg(long)]
    pub stdin: bool,
    /// Entry list: `session_notes` when none is named, `personnel_notes` of an employee.
    #[arg(long)]
    pub field: Option<String>,
    /// The day that it is about.
    #[arg(long)]
    pub on: Option<String>,
    /// A title, or the name of the person.
    #[arg(long)]
    pub title: Option<String>,
    /// Way of contact: telephone, email, letter, chat, website or conversation.
    #[arg(long)]
    pub channel: Option<String>,
    /// What the person is to the client: gp, psychologist, partner, ex_partner, child, parent, school, manager, commissioner, supporter,
    /// project_leader or other; of a representative: parent, guardian, curator or mentor.
    #[arg(long)]
    pub role: Option<String>,
    /// State of a goal: open, reached or dropped.
    #[arg(long)]
    pub state: Option<String>,
    /// The goal that this is a sub-goal of.
    #[arg(long)]
    pub parent: Option<String>,
    /// Telephone number.
    #[arg(long)]
    pub telephone: Option<String>,
    /// E-mail address.
    #[arg(long)]
    pub email: Option<String>,
    /// The day that it ends.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Euro, of a wage.
    #[arg(long)]
    pub amount: Option<String>,
    /// Hours a week, of a wage.
    #[arg(long)]
    pub hours: Option<String>,
    /// The dossier of whoever plays a part.
    #[arg(long, value_name = "ID")]
    pub dossier: Option<String>,
    /// The other professional, of a contact with one.
    #[arg(long, value_name = "NAME")]
    pub professional: Option<String>,
    /// Of such a contact: `ask` for what was told to us, `inform` for what we told.
    #[arg(long)]
    pub exchange: Option<String>,
    /// Keep a text about an employee although it seems to hold medical words or a BSN.
    #[arg(long)]
    pub confirm: bool,
}

/// `kluis export`
#[derive(Args)]
pub struct Export {
    /// The practice folder.
    pub dir: PathBuf,
    /// The file to write; what is there is replaced.
    pub file: PathBuf,
    /// What kind of file.
    #[arg(long, value_enum)]
    pub format: Format,
    /// Kinds of dossier; all without.
    #[arg(long)]
    pub kind: Vec<String>,
    /// Fields; all without.
    #[arg(long)]
    pub field: Vec<String>,
}

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// Workbook.
    Xlsx,
    /// With the notes.
    Json,
}

/// `kluis backup`
#[derive(Args)]
pub struct Backup {
    /// The practice folder.
    pub dir: PathBuf,
    /// The file to write, never over another; without it the next one of the practice's own plan.
    pub file: Option<PathBuf>,
    /// File with a password that will open it, in place of the code on the sheets of administrators.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub backup_password_file: Option<PathBuf>,
    /// An age recipient (age1…) in place of the sheets.
    #[arg(
        long,
        value_name = "RECIPIENT",
        requires = "file",
        conflicts_with = "backup_password_file"
    )]
    pub recipient: Option<String>,
    /// Keep the backups of the plan in this folder from now on.
    #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
    pub into: Option<PathBuf>,
    /// Work of scrypt as log2(N): for tests and benchmarks.
    #[arg(long, hide = true)]
    pub work: Option<u8>,
}

/// `kluis restore`
#[derive(Args)]
pub struct Restore {
    /// The backup. What opens it is in --identity-file, or in --password-file for one with a password.
    pub file: PathBuf,
    /// A new or empty folder.
    pub dir: PathBuf,
    /// File with the code of a sheet for backups, or an identity file of the age program.
    #[arg(long, value_name = "FILE")]
    pub identity_file: Option<PathBuf>,
    /// The folder of the present practice: who was erased or shut out there since does not come back.
    #[arg(long, value_name = "FOLDER")]
    pub present: Option<PathBuf>,
}

/// `kluis drill`
#[derive(Args)]
pub struct Drill {
    /// The practice folder.
    pub dir: PathBuf,
    /// The backup; the newest one without.
    pub file: Option<PathBuf>,
    /// File with the code of a sheet for backups, or an identity file of the age program.
    #[arg(long, value_name = "FILE", conflicts_with = "backup_password_file")]
    pub identity_file: Option<PathBuf>,
    /// File with the password of the backup.
    #[arg(long, value_name = "FILE")]
    pub backup_password_file: Option<PathBuf>,
}

/// `kluis audit`
#[derive(Args)]
#[command(subcommand_negates_reqs = true)]
pub struct Audit {
    /// The practice folder.
    #[arg(required = true)]
    pub dir: Option<PathBuf>,
    /// About one dossier.
    #[arg(long, value_name = "ID")]
    pub about: Option<String>,
    /// Entries to pass over, from the newest.
    #[arg(long, default_value_t = 0)]
    pub offset: u32,
    /// Most entries.
    #[arg(long)]
    pub limit: Option<u32>,
    /// What to do with it.
    #[command(subcommand)]
    pub action: Option<AuditAction>,
}

/// What to do with the access log.
#[derive(Subcommand)]
pub enum AuditAction {
    /// Write all of it to a file that can be checked without the program.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Check such a file; needs no practice: kluis audit verify FILE.
    Verify {
        /// The file.
        file: PathBuf,
        /// An earlier export, to see that nothing it had was cut off or rewritten since.
        #[arg(long, value_name = "FILE")]
        earlier: Option<PathBuf>,
    },
}

/// `kluis history`
#[derive(Args)]
pub struct History {
    /// The practice folder.
    pub dir: PathBuf,
    /// Dossier.
    pub id: String,
    /// Field id (see `kluis fields`).
    pub field: String,
}

/// `kluis recover`
#[derive(Args)]
pub struct Recover {
    /// The practice folder.
    pub dir: PathBuf,
    /// Whose sheet it is, or whose shares.
    #[arg(long)]
    pub user: String,
    /// File with the code of the sheet; otherwise it is asked for.
    #[arg(long, value_name = "FILE")]
    pub code_file: Option<PathBuf>,
    /// File with one of the three shares, twice, in place of the sheet.
    #[arg(long, value_name = "FILE", conflicts_with = "code_file")]
    pub share: Vec<PathBuf>,
    /// File with the new password; otherwise it is asked for.
    #[arg(long, value_name = "FILE")]
    pub new_password_file: Option<PathBuf>,
}

/// `kluis recovery`
#[derive(Args)]
pub struct Recovery {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: RecoveryAction,
}

/// What to do against loss.
#[derive(Subcommand)]
pub enum RecoveryAction {
    /// Make three shares for three people, of which any two give you a new password. Former shares stop working.
    Split {
        /// Where to write them: PDFs to print when they end in .pdf, otherwise text.
        #[arg(num_args = 3, required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Take back that two people can give you a new password.
    Unsplit,
    /// Put the newest copy of the key file in the place of one that is damaged, missing or older; needs no password.
    Keyring,
    /// Save every dossier that is whole from a damaged database, and name the others. The folder stays as it is.
    Salvage {
        /// A new or empty folder for what is saved.
        to: PathBuf,
    },
}

/// `kluis retire`
#[derive(Args)]
pub struct Retire {
    /// The practice folder.
    pub dir: PathBuf,
    /// The name of the practice, typed in full: this cannot be undone.
    #[arg(long, value_name = "NAME")]
    pub confirm: String,
    /// Where to write the certificate, outside the practice folder.
    #[arg(long, value_name = "FILE")]
    pub certificate: PathBuf,
}

/// `kluis disclosure`
#[derive(Args)]
pub struct Disclosure {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: DisclosureAction,
}

/// What to do with requests for information.
#[derive(Subcommand)]
pub enum DisclosureAction {
    /// Register a request.
    Request {
        /// The dossier.
        id: String,
        /// Who asks: employer, person, insurer, uwv, municipality, professional or new_firm.
        #[arg(long)]
        asker: String,
        /// What for: absence, progress, claim, own_data, reintegration, consultation, medical_consultation or transfer.
        #[arg(long)]
        purpose: String,
        /// Who asks, by name.
        #[arg(long)]
        name: String,
        /// A line of the address; may be given more than once.
        #[arg(long)]
        address: Vec<String>,
        /// What is asked.
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        asked: String,
        /// The day it came in; today without.
        #[arg(long, value_name = "DATE")]
        received: Option<String>,
        /// The day by which it is to be answered; by its kind without.
        #[arg(long, value_name = "DATE")]
        due: Option<String>,
        /// Language of the letter: nl or en.
        #[arg(long, default_value = "nl")]
        language: String,
    },
    /// Answer a request with a letter of what may go out, and no more.
    Answer {
        /// The request.
        request: String,
        /// The four questions.
        #[command(flatten)]
        weighing: Weighing,
        /// Not everything that was asked is answered.
        #[arg(long)]
        partly: bool,
        /// The reasoned result, where this kind of letter has one.
        #[arg(long, allow_hyphen_values = true)]
        result: Option<String>,
        /// Only show what would go out.
        #[arg(long, conflicts_with = "file")]
        preview: bool,
        /// Where to write the letter as a PDF; its text on standard output without.
        #[arg(long, value_name = "FILE.pdf")]
        file: Option<PathBuf>,
    },
    /// Refuse a request, with a letter that says why.
    Refuse {
        /// The request.
        request: String,
        /// The four questions.
        #[command(flatten)]
        weighing: Weighing,
        /// Why: interest, need, harm, doubt or no_consent. It must be a ground that there is by the answers, or a consent that is missing.
        #[arg(long)]
        reason: String,
        /// Only show what would go out.
        #[arg(long, conflicts_with = "file")]
        preview: bool,
        /// Where to write the letter as a PDF; its text on standard output without.
        #[arg(long, value_name = "FILE.pdf")]
        file: Option<PathBuf>,
    },
    /// The letter that went, once more.
    Letter {
        /// The request.
        request: String,
        /// Where to write it as a PDF; its text on standard output without.
        #[arg(long, value_name = "FILE.pdf")]
        file: Option<PathBuf>,
    },
    /// The register: of one dossier, or of all that may be read.
    List {
        /// One dossier.
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Only what is still to be decided.
        #[arg(long)]
        open: bool,
    },
}

/// The four grounds of refusal, as questions. All four are to be answered.
#[derive(Args)]
pub struct Weighing {
    /// Does the interest of the asker outweigh the privacy of the person?
    #[arg(long, value_enum)]
    pub interest: Answer,
    /// Is no more asked for than the task needs?
    #[arg(long, value_enum)]
    pub need: Answer,
    /// Would an answer harm privacy out of proportion?
    #[arg(long, value_enum)]
    pub harm: Answer,
    /// Is there doubt? Then the physician decides, or the administrator where there is none.
    #[arg(long, value_enum)]
    pub doubt: Answer,
    /// A word of explanation in the letter.
    #[arg(long, allow_hyphen_values = true)]
    pub explanation: Option<String>,
}

/// Yes or no.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Answer {
    /// Whether it is yes.
    pub fn yes(self) -> bool {
        self == Self::Yes
    }
}

/// `kluis peer-review`
#[derive(Args)]
pub struct PeerReview {
    /// The practice folder.
    pub dir: PathBuf,
    /// Dossier.
    pub id: String,
    /// The file to write; nothing that is there is replaced.
    #[arg(required_unless_present = "preview", requires = "approved")]
    pub file: Option<PathBuf>,
    /// Show the copy beside what stands in the dossier, to mend it (with --json).
    #[arg(long, conflicts_with_all = ["file", "approved"])]
    pub preview: bool,
    /// JSON of a preview that was looked through and mended; what still leads to somebody is refused.
    #[arg(long, value_name = "FILE")]
    pub approved: Option<PathBuf>,
}

/// `kluis package`
#[derive(Args)]
pub struct Package {
    /// The practice folder.
    pub dir: PathBuf,
    /// The answered request of a new firm or of the person that this dossier moves; or --whole.
    #[arg(required_unless_present = "whole", conflicts_with = "whole")]
    pub request: Option<String>,
    /// The file to write; what is there is replaced.
    #[arg(long, value_name = "FILE.age")]
    pub file: PathBuf,
    /// Everything that may be read, for the firm of this name.
    #[arg(long, value_name = "FIRM")]
    pub whole: Option<String>,
    /// For whom.
    #[command(flatten)]
    pub to: Carry,
}

/// `kluis receive`
#[derive(Args)]
pub struct Receive {
    /// The practice folder.
    pub dir: PathBuf,
    /// The package; without it, the recipient is shown that a package for you is made for.
    pub file: Option<PathBuf>,
    /// File with the password of the package; opened with your own key without.
    #[arg(long, value_name = "FILE")]
    pub package_password_file: Option<PathBuf>,
    /// The circle in which clients will lie: name or id; one's own without.
    #[arg(long)]
    pub circle: Option<String>,
}

/// `kluis consent`
#[derive(Args)]
pub struct Consent {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: ConsentAction,
}

/// What to do with consents.
#[derive(Subcommand)]
pub enum ConsentAction {
    /// List the consents of a dossier and how they stand.
    List {
        /// The dossier.
        id: String,
    },
    /// Show a consent with its text as it was signed.
    Show {
        /// The dossier.
        id: String,
        /// The consent.
        consent: String,
        /// Write it as a PDF.
        #[arg(long, value_name = "FILE.pdf")]
        file: Option<PathBuf>,
    },
    /// Show the text of a form as it would be signed; nothing is kept.
    Fill {
        /// The dossier.
        id: String,
        /// What is filled in.
        #[command(flatten)]
        form: FormArgs,
        /// Write it as a PDF, to be signed by hand.
        #[arg(long, value_name = "FILE.pdf")]
        file: Option<PathBuf>,
    },
    /// Keep a consent that was given.
    Give {
        /// The dossier.
        id: String,
        /// What is filled in.
        #[command(flatten)]
        form: FormArgs,
        /// How it was given.
        #[command(flatten)]
        means: Means,
    },
    /// Take a consent back; what rests on it stops at once.
    Withdraw {
        /// The dossier.
        id: String,
        /// The consent.
        consent: String,
        /// The entry of whoever does it for the person.
        #[arg(long, value_name = "ENTRY")]
        by: Option<String>,
        /// It was done in writing.
        #[arg(long)]
        written: bool,
        /// A note.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Consents, grounds and authorisations that end soon, in all dossiers.
    Ending {
        /// Days to look ahead.
        #[arg(long, default_value_t = 30)]
        days: u32,
    },
    /// List the forms with their versions.
    Templates,
    /// The text of a form.
    Template {
        /// What to do.
        #[command(subcommand)]
        action: TemplateAction,
    },
}

/// What to do with a form.
#[derive(Subcommand)]
pub enum TemplateAction {
    /// Show the version that is signed now.
    Show {
        /// The form.
        template: String,
        /// Its language.
        #[arg(long, default_value = "nl")]
        language: String,
    },
    /// Make a new version; former ones stay.
    Edit {
        /// The form.
        template: String,
        /// Its language.
        #[arg(long, default_value = "nl")]
        language: String,
        /// The title.
        #[arg(long)]
        title: String,
        /// File with the text.
        #[arg(long)]
        file: PathBuf,
    },
}

/// What is filled in on a form.
#[derive(Args)]
pub struct FormArgs {
    /// The form.
    pub template: String,
    /// Its language: nl or en.
    #[arg(long, default_value = "nl")]
    pub language: String,
    /// What for. Of the form disclosure the purpose of the request: absence, progress, claim, reintegration, consultation,
    /// medical_consultation or transfer.
    #[arg(long, default_value = "")]
    pub purpose: String,
    /// A field, `ask` or `inform`, `result` or `whole_dossier`, or what is shown; may be repeated.
    #[arg(long)]
    pub scope: Vec<String>,
    /// To or from whom.
    #[arg(long, default_value = "")]
    pub recipient: String,
    /// The entry of whoever gives it for the person.
    #[arg(long, value_name = "ENTRY")]
    pub by: Option<String>,
    /// The day that it was given; today without.
    #[arg(long, value_name = "DATE", default_value = "")]
    pub on: String,
    /// Its last day; "" for until it is withdrawn.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// How a consent was given.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Means {
    /// A PNG file with the signature.
    #[arg(long, value_name = "FILE")]
    pub signature: Option<PathBuf>,
    /// The document of this dossier with the signed paper.
    #[arg(long, value_name = "DOCUMENT")]
    pub scan: Option<String>,
    /// It was said: how, and to whom.
    #[arg(long, value_name = "NOTE")]
    pub oral: Option<String>,
}

/// `kluis ground`
#[derive(Args)]
pub struct Ground {
    /// The practice folder.
    pub dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: GroundAction,
}

/// What to do with grounds other than consent.
#[derive(Subcommand)]
pub enum GroundAction {
    /// The grounds that there are, with their source.
    Kinds,
    /// List the grounds of a dossier.
    List {
        /// The dossier.
        id: String,
    },
    /// Record a ground.
    Add {
        /// The dossier.
        id: String,
        /// Which: `kluis ground DIR kinds` lists them.
        ground: String,
        /// Why it holds here.
        #[arg(long)]
        reason: String,
        /// A special field (see kinds), or `ask` or `inform`; may be repeated.
        #[arg(long)]
        scope: Vec<String>,
        /// To or from whom; everybody without, but of a disclosure always somebody.
        #[arg(long, default_value = "")]
        recipient: String,
        /// Its last day.
        #[arg(long, value_name = "DATE", default_value = "")]
        until: String,
    },
    /// End a ground; what rests on it stops at once.
    End {
        /// The dossier.
        id: String,
        /// The ground.
        ground: String,
    },
}
