//! The staff of the demo practice in a vault, a company with somebody to speak to, and a few papers.

use super::{DemoUser, DemoVault};
use crate::{
    access::Home,
    catalogue::Level,
    document::{NewDocument, Source},
    dossier::{EntryContent, NewDossier},
    error::Error,
    ids::{DossierId, UserId},
    session::Practice,
    vault::NewVault,
};
use chrono::Days;
use std::{collections::BTreeMap, sync::Arc};
use zeroize::Zeroizing;

/// What the vault is called.
pub(super) const VAULT: &str = "Personeelskluis";

/// Given name, prefix, surname, work, hours and wage a month, in the order of the staff.
const JOBS: &[[&str; 6]] = &[
    ["Anke", "de", "Wit", "Praktijkmanager", "32", "4150"],
    ["Karim", "", "Yilmaz", "Coach", "36", "3980"],
    ["Sanne", "van der", "Berg", "Coach", "28", "3120"],
    ["Joost", "ten", "Brink", "Bedrijfsarts", "16", "3475"],
    ["Mila", "", "Jansen", "Receptie", "24", "2210"],
];

/// Fields and what stands in them.
fn filled(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    filled
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
        .collect()
}

/// Whoever manages the practice makes the vault, opens it to these too, and puts the staff in.
pub(super) async fn employ(
    practice: &Practice,
    vault: &DemoVault,
    users: &[DemoUser],
    members: &[UserId],
) -> Result<(), Error> {
    let new = NewVault {
        name: &vault.name,
        password: &vault.password,
        members,
        medical: false,
        minutes: 10,
    };
    let (id, _) = practice.found_vault(&new).await?;
    let home = Home {
        circle: practice.practice_circle(),
        vault: Some(id),
    };
    for (number, (_, job)) in users.iter().zip(JOBS).enumerate() {
        employee(practice, home, number, job).await?;
    }
    company(practice, home.circle.into()).await
}

async fn employee(
    practice: &Practice,
    home: Home,
    number: usize,
    [given, prefix, surname, work, hours, wage]: &[&str; 6],
) -> Result<(), Error> {
    let account = super::people::iban(500_000 + number);
    let mut fields = filled(&[
        ("given_name", given),
        ("prefix", prefix),
        ("surname", surname),
        ("job_title", work),
        ("work_location", "Zutphen"),
        ("town", "Zutphen"),
        ("in_service", "2021-03-01"),
        ("hours", hours),
        ("iban", &account),
    ]);
    fields.retain(|field, _| practice.permit(home, field, Level::Edit).is_ok());
    let id = create(practice, "employee", home, fields).await?;
    let wages = EntryContent {
        amount: Some((*wage).to_owned()),
        hours: Some((*hours).to_owned()),
        on: Some("2025-01-01".to_owned()),
        ..EntryContent::default()
    };
    if practice.permit(home, "wage_history", Level::Edit).is_ok() {
        practice.add_entry(id, "wage_history", wages).await?;
    }
    let ends = practice.today_and(25 + 40 * number as u64);
    let course = EntryContent {
        title: Some("Bedrijfshulpverlening".to_owned()),
        until: ends,
        ..EntryContent::default()
    };
    practice.add_entry(id, "certificates", course).await?;
    let text = format!(
        "Arbeidsovereenkomst\n\n{given} werkt {hours} uur per week als {}.\n",
        work.to_lowercase()
    );
    paper(
        practice,
        id,
        ("Arbeidsovereenkomst", "employment_contract"),
        text,
    )
    .await
}

/// A company, and who speaks for it.
async fn company(practice: &Practice, home: Home) -> Result<(), Error> {
    let company = filled(&[
        ("organisation", "Bouwbedrijf De Eik"),
        ("town", "Deventer"),
        ("telephone", "0570-123456"),
    ]);
    let company = create(practice, "relation", home, company).await?;
    let speaker = filled(&[
        ("given_name", "Ria"),
        ("surname", "Mulder"),
        ("organisation", "Bouwbedrijf De Eik"),
        ("job_title", "Personeelszaken"),
    ]);
    let speaker = create(practice, "contact_person", home, speaker).await?;
    let part = EntryContent {
        role: Some("contact_person".to_owned()),
        title: Some("Ria Mulder".to_owned()),
        dossier: Some(speaker.to_string()),
        ..EntryContent::default()
    };
    practice.add_entry(company, "roles", part).await.map(|_| ())
}

async fn create(
    practice: &Practice,
    kind: &str,
    home: Home,
    fields: BTreeMap<String, String>,
) -> Result<DossierId, Error> {
    let new = NewDossier {
        kind: kind.to_owned(),
        home,
        fields,
    };
    practice.create(&new).await
}

/// A text as a document.
pub(super) async fn paper(
    practice: &Practice,
    dossier: DossierId,
    (title, kind): (&str, &str),
    text: String,
) -> Result<(), Error> {
    let new = NewDocument {
        title: title.to_owned(),
        kind: kind.to_owned(),
        ..NewDocument::default()
    };
    let bytes = Zeroizing::new(text.into_bytes());
    let source = Source::Bytes(format!("{title}.txt"), bytes);
    practice
        .add_document(dossier, "documents", &new, source, &|_| (), &Arc::default())
        .await
        .map(|_| ())
}

impl Practice {
    /// The day that it will be so many days from now, ISO 8601.
    fn today_and(&self, days: u64) -> Option<String> {
        let today = self.civil_today();
        Some(today.checked_add_days(Days::new(days))?.to_string())
    }
}
