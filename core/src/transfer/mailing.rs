//! Mailing lists: names with an address, without everybody who does not want it (row D5).

use super::{Item, ListFile};
use crate::{
    access::{Seen, View},
    audit::EventKind,
    catalogue,
    consent::Newsletter,
    dossier::{Progress, Reveal},
    error::Error,
    fold::{fold, letters},
    ids::DossierId,
    name::Name,
    paper::Language,
    session::Practice,
    store::{self, StoreError, Write, dossier::DossierRow},
};
use rayon::prelude::*;
use std::{collections::HashSet, path::Path};

/// The way in which people are approached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Letters.
    Post,
    /// E-mail about one's own affairs.
    Email,
    /// Telephone calls.
    Telephone,
    /// The newsletter, which goes to those alone who said that they want it, and of whom there is a valid consent that says so
    /// (Telecommunicatiewet art. 11.7).
    Newsletter,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Post, Self::Email, Self::Telephone, Self::Newsletter];

    /// Its permanent word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::Newsletter => "newsletter",
        }
    }

    /// The channel with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }

    /// The field with what somebody said about it.
    fn field(self) -> &'static str {
        match self {
            Self::Post => "mailing_post",
            Self::Email => "mailing_email",
            Self::Telephone => "mailing_telephone",
            Self::Newsletter => "mailing_newsletter",
        }
    }

    /// The fields with an address of one line.
    fn ways(self) -> &'static [&'static str] {
        match self {
            Self::Post => &[],
            Self::Email | Self::Newsletter => &["email", "private_email"],
            Self::Telephone => &["mobile", "telephone"],
        }
    }

    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Post => &["naam", "straat", "postcode", "plaats", "land"],
            Self::Email | Self::Newsletter => &["naam", "e-mail"],
            Self::Telephone => &["naam", "telefoon"],
        }
    }
}

/// How many were left out, and why. Each counts once, under the first that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Want no contact at all.
    pub no_contact: usize,
    /// Refused this channel.
    pub refused: usize,
    /// Did not say that they want the newsletter.
    pub not_asked: usize,
    /// Said so, and there is no valid consent to show for it.
    pub no_consent: usize,
    /// Have no address, or one that is not for this user.
    pub no_address: usize,
    /// What they said about it is not for this user.
    pub withheld: usize,
}

impl LeftOut {
    /// All together.
    pub fn sum(&self) -> usize {
        let unwanted = self.no_contact + self.refused + self.not_asked + self.no_consent;
        unwanted + self.no_address + self.withheld
    }

    fn count(&mut self, why: Why) {
        *match why {
            Why::NoContact => &mut self.no_contact,
            Why::Refused => &mut self.refused,
            Why::NotAsked => &mut self.not_asked,
            Why::NoConsent => &mut self.no_consent,
            Why::NoAddress => &mut self.no_address,
            Why::Withheld => &mut self.withheld,
        } += 1;
    }

    /// The last line of the file.
    fn sentence(&self, language: Language) -> String {
        let (sum, contact, refused, unasked) =
            (self.sum(), self.no_contact, self.refused, self.not_asked);
        let (consent, address, withheld) = (self.no_consent, self.no_address, self.withheld);
        match language {
            Language::Dutch => format!(
                "# Niet opgenomen: {sum} (geen contact meer: {contact}; geweigerd: {refused}; niet gevraagd: {unasked}; geen geldige toestemming: {consent}; geen adres: {address}; afgeschermd: {withheld})"
            ),
            Language::English => format!(
                "# Left out: {sum} (no further contact: {contact}; refused: {refused}; not asked: {unasked}; no valid consent: {consent}; no address: {address}; withheld: {withheld})"
            ),
        }
    }
}

/// What became of a mailing list.
pub struct MailingReport {
    /// How many are on it.
    pub listed: usize,
    /// Who are not.
    pub left_out: LeftOut,
    /// SHA-256 of the file, in hexadecimal; the log has the same.
    pub sha256: String,
}

#[derive(Clone, Copy)]
enum Why {
    NoContact,
    Refused,
    NotAsked,
    NoConsent,
    NoAddress,
    Withheld,
}

/// Somebody who may be approached.
struct Addressed {
    id: DossierId,
    /// What sorts the line.
    sort: String,
    line: Vec<Item>,
    /// The address in it.
    address: String,
    /// Every address at which this person can be reached in this way.
    reached: Vec<String>,
    /// In the bin, or not asked: on no list, and only looked at for what was taken back.
    aside: bool,
}

impl Practice {
    /// Writes a mailing list as CSV: who may be approached in this way, of the dossiers that this user may see. The log has the number, whom it is
    /// about, and the digest of the file, before the file is in its place. For the newsletter each consent is looked at inside that
    /// very change: who took it back before is not on the list.
    pub async fn mailing_list(
        &self,
        path: &Path,
        channel: Channel,
        language: Language,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<MailingReport, Error> {
        let event = self
            .event(EventKind::MailingListMade)
            .reason(channel.word());
        let refused = self.rights().decide_work().err();
        if let Some(denial) = refused {
            return self.deny(event, denial).await;
        }
        self.refuse_own_folder(path)?;
        let (mut listed, mut left_out) = self.addressed(channel, progress, cancelled).await?;
        listed.sort_by(|one, other| one.sort.cmp(&other.sort));
        if channel == Channel::Newsletter {
            // Nothing can have been taken back where nothing was given.
            let given = store::entry::with_grounds(&mut *self.store.read().await?).await?;
            listed.retain(|one| !one.aside || given.contains(&one.id));
        }
        let mut write = self.store.write().await?;
        if channel == Channel::Newsletter {
            listed = self
                .consenting(&mut write, listed, &mut left_out, cancelled)
                .await?;
        }
        listed.retain(|one| !one.aside);
        let about: Vec<DossierId> = listed.iter().map(|one| one.id).collect();
        let mut rows: Vec<Vec<Item>> = listed.into_iter().map(|one| one.line).collect();
        rows.push(vec![Item::text(&left_out.sentence(language))]);
        let file = ListFile::new(channel.headings(), &rows)?;
        let event = event.count(about.len()).object(file.sha256());
        self.log_about(&mut write, event, &about).await?;
        write.commit().await?;
        file.put(path)?;
        Ok(MailingReport {
            listed: about.len(),
            left_out,
            sha256: file.sha256(),
        })
    }

    /// Everybody who may be approached, and how many may not. Whoever refused in one dossier is not approached at the same address for
    /// another.
    async fn addressed(
        &self,
        channel: Channel,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(Vec<Addressed>, LeftOut), Error> {
        let circles: Vec<_> = self.rights().circles.iter().copied().collect();
        let (total, _) = store::dossier::totals(&mut *self.store.read().await?, &circles).await?;
        // What somebody refused, or took back, in a dossier that lies in the bin holds.
        let keep = |row: &DossierRow| has_preferences(&row.kind);
        let (mut listed, mut left_out, mut done) = (Vec::new(), LeftOut::default(), 0);
        let mut refused = HashSet::new();
        for circle in circles {
            let mut after = None;
            loop {
                if cancelled() || self.is_stopping() {
                    return Err(Error::Cancelled);
                }
                let mut conn = self.store.read().await?;
                let page = store::dossier::sheets_and_bin(&mut conn, circle, after).await?;
                drop(conn);
                let Some((last, page)) = page else {
                    break;
                };
                after = Some(last);
                let (seen, stored) = self.gather(page.take_apart()?, &keep, false).await?;
                let views = stored.par_iter().map(|one| {
                    let opened = self.view_of(&one.row, &one.values, &[], Reveal::All);
                    opened.map(|(view, _)| (place(&view, channel), view))
                });
                for (found, view) in views.collect::<Result<Vec<_>, Error>>()? {
                    let (binned, reached) = (view.binned_at != 0, addresses(&view, channel));
                    match found {
                        Ok((sort, line, address)) => listed.push(Addressed {
                            id: view.id,
                            sort,
                            line,
                            address,
                            reached,
                            aside: binned,
                        }),
                        Err(why) => {
                            if !binned {
                                left_out.count(why);
                            }
                            match why {
                                Why::NoContact | Why::Refused => refused.extend(reached),
                                Why::NotAsked => listed.push(Addressed {
                                    id: view.id,
                                    sort: String::new(),
                                    line: Vec::new(),
                                    address: String::new(),
                                    reached,
                                    aside: true,
                                }),
                                Why::NoConsent | Why::NoAddress | Why::Withheld => {}
                            }
                        }
                    }
                }
                done += seen;
                progress(Progress {
                    task: "export",
                    done,
                    total,
                });
            }
        }
        leave_out(&mut listed, &refused, Why::Refused, &mut left_out);
        Ok((listed, left_out))
    }

    /// Those of them whose consent to the newsletter holds now; the others are counted.
    async fn consenting(
        &self,
        write: &mut Write<'_>,
        listed: Vec<Addressed>,
        left_out: &mut LeftOut,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Addressed>, Error> {
        let mut kept = Vec::with_capacity(listed.len());
        let mut withdrawn = HashSet::new();
        for one in listed {
            if cancelled() || self.is_stopping() {
                return Err(Error::Cancelled);
            }
            let row = match self.dossier_row_in(write.conn(), one.id).await {
                Ok(row) => row,
                // Erased from the bin meanwhile.
                Err(Error::NotFound | Error::Store(StoreError::NotFound)) if one.aside => continue,
                Err(error) => return Err(error),
            };
            let stands = match self.newsletter(write.settled().await?, &row).await {
                // Of whom nothing can be read nobody can say that nothing was taken back.
                Err(_) if one.aside => Newsletter::TakenBack,
                stands => stands?,
            };
            match stands {
                Newsletter::Wanted => {
                    kept.push(one);
                    continue;
                }
                Newsletter::TakenBack => withdrawn.extend(one.reached),
                Newsletter::Unfounded => {}
            }
            if !one.aside {
                left_out.count(Why::NoConsent);
            }
        }
        // Taken back in one dossier, at an address that another has.
        leave_out(&mut kept, &withdrawn, Why::NoConsent, left_out);
        Ok(kept)
    }
}

/// Leaves out whoever would be approached at one of these addresses. They stay to be looked at for what they took back themselves.
fn leave_out(
    listed: &mut [Addressed],
    unwanted: &HashSet<String>,
    why: Why,
    left_out: &mut LeftOut,
) {
    let unwanted = listed
        .iter_mut()
        .filter(|one| !one.aside && unwanted.contains(&one.address));
    for one in unwanted {
        one.aside = true;
        left_out.count(why);
    }
}

fn has_preferences(kind: &str) -> bool {
    catalogue::kind(kind).is_some_and(|kind| kind.fields.contains(&"no_contact"))
}

/// What somebody said; what cannot be read counts as a refusal of its own.
fn said<'v>(view: &'v View, field: &str) -> Result<&'v str, Why> {
    match view.fields.get(field) {
        Some(Seen::Withheld { .. }) => Err(Why::Withheld),
        Some(Seen::Shown { value, .. }) => Ok(value.as_deref().map_or("", String::as_str)),
        None => Ok(""),
    }
}

/// The line of somebody who may be approached, with what sorts it and the address in it.
fn place(view: &View, channel: Channel) -> Result<(String, Vec<Item>, String), Why> {
    if said(view, "no_contact")? == "no_further_contact" {
        return Err(Why::NoContact);
    }
    match said(view, channel.field())? {
        "refused" => return Err(Why::Refused),
        "wanted" => {}
        _ if channel == Channel::Newsletter => return Err(Why::NotAsked),
        _ => {}
    }
    let (name, full) = name_of(view);
    let address: Vec<&str> = match channel {
        Channel::Post => {
            let (street, town) = (shown(view, "street"), shown(view, "town"));
            if street.is_empty() || town.is_empty() {
                return Err(Why::NoAddress);
            }
            vec![
                street,
                shown(view, "postcode"),
                town,
                shown(view, "country"),
            ]
        }
        _ => {
            let filled = channel.ways().iter().map(|field| shown(view, field));
            let mut filled = filled.filter(|value| !value.is_empty());
            vec![filled.next().ok_or(Why::NoAddress)?]
        }
    };
    let first = address.first().copied().unwrap_or_default();
    let key = match channel {
        Channel::Post => at_home(view),
        _ => fold(first),
    };
    let items = [full.as_str()].into_iter().chain(address);
    Ok((fold(&name), items.map(Item::text).collect(), key))
}

/// Every address at which somebody can be reached in this way.
fn addresses(view: &View, channel: Channel) -> Vec<String> {
    if channel == Channel::Post {
        return vec![at_home(view)];
    }
    let filled = channel.ways().iter().map(|field| fold(shown(view, field)));
    filled.filter(|value| !value.is_empty()).collect()
}

/// A house has more people: only with the surname it is the same address.
fn at_home(view: &View) -> String {
    // In one list the prefix is a column of its own, in another it stands before the surname, or nobody wrote the postcode.
    let surname = letters(&format!(
        "{}{}",
        shown(view, "prefix"),
        shown(view, "surname")
    ));
    let place = ["street", "town"].map(|field| letters(shown(view, field)));
    format!("{surname}\n{}", place.join("\n"))
}

/// As it is sorted, and in full.
fn name_of(view: &View) -> (String, String) {
    let name = Name::from_fields(|field: &str| view.fields.get(field).and_then(Seen::value));
    (name.listed(), name.full())
}

fn shown<'v>(view: &'v View, field: &str) -> &'v str {
    view.fields
        .get(field)
        .and_then(Seen::value)
        .unwrap_or_default()
}
