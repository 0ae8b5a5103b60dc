//! What ends soon: trainings, certificates, consents and authorisations that somebody must see to before their last day.

use super::{EntryContent, load::Base};
use crate::{
    access::Text,
    audit::EventKind,
    catalogue,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store,
};
use chrono::Days;
use std::collections::{HashMap, hash_map::Entry::Vacant};
use zeroize::Zeroizing;

/// Something that ends, or has ended.
pub struct Ending {
    /// Whose.
    pub dossier: DossierId,
    /// The name of the dossier.
    pub name: Text,
    /// Which entry.
    pub entry: EntryId,
    /// The list that it is in.
    pub field: &'static str,
    /// What it is called.
    pub title: Text,
    /// Its last day, ISO 8601.
    pub until: String,
}

/// What ended longer ago is history.
const PAST: u64 = 30;

impl Practice {
    /// What ends within so many days or ended in the last thirty, of what this user may read now; the first to end first.
    pub async fn endings(&self, days: u32) -> Result<Vec<Ending>, Error> {
        self.rights().decide_work()?;
        let today = self.civil_today();
        let from = today.checked_sub_days(Days::new(PAST)).unwrap_or(today);
        let to = today.checked_add_days(Days::new(u64::from(days)));
        let (from, to) = (from.to_string(), to.unwrap_or(today).to_string());
        let mut conn = self.store.read().await?;
        let (mut endings, mut bases) = (Vec::new(), HashMap::new());
        for row in store::entry::ending(&mut conn).await? {
            if let Vacant(place) = bases.entry(row.dossier_id) {
                let dossier = store::dossier::get(&mut conn, row.dossier_id).await?;
                let base = Base::of(&dossier);
                place.insert((dossier.binned_at == 0).then_some((dossier, base)));
            }
            let Some(Some((_, base))) = bases.get(&row.dossier_id) else {
                continue;
            };
            let Some(content) = self.entry_content(&row, base)? else {
                continue;
            };
            let Some(until) = content.ends() else {
                continue;
            };
            if (&*from..=&*to).contains(&until) {
                endings.push(Ending {
                    dossier: row.dossier_id,
                    name: Text::default(),
                    entry: row.id,
                    title: Zeroizing::new(ending_title(&content)),
                    field: catalogue::field(&row.field).map_or("", |def| def.id),
                    until: until.to_owned(),
                });
            }
        }
        drop(conn);
        for one in &mut endings {
            if let Some(Some((row, _))) = bases.get(&one.dossier) {
                one.name = Zeroizing::new(self.line(row).await?.name);
            }
        }
        self.log_soon(self.event(EventKind::Listed).count(endings.len()))
            .await?;
        endings.sort_by(|a, b| (&a.until, a.entry).cmp(&(&b.until, b.entry)));
        Ok(endings)
    }
}

/// What an ending is called.
fn ending_title(content: &EntryContent) -> String {
    let title = content.title.clone();
    let ground = content.ground.as_ref().map(|ground| ground.source.clone());
    title.or(ground).unwrap_or_default()
}
