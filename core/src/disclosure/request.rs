//! Requests for information: registered, weighed, answered or refused.

use super::{
    disclosed::{Disclosed, LeftOut, outright_unfit},
    letter::{self, Frame, Letter},
    profiles::{Profile, Term, profile},
    words,
};
use crate::{
    access::{Balance, Decider, Denial, DisclosureLeave, Ground, Recorded},
    audit::EventKind,
    code,
    consent::Founded,
    dossier::{DisclosureRecord, EntryContent, GROUNDS, Rare, Reveal, Weighed},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store::{self, Conn, dossier::DossierRow, entry::EntryRow},
};
use chrono::NaiveDate;
use zeroize::Zeroizing;

/// A request to be registered.
#[derive(Default)]
pub struct NewRequest {
    /// One of [`crate::dossier::ASKERS`].
    pub asker: String,
    /// One of [`crate::dossier::PURPOSES`].
    pub purpose: String,
    /// Who asks, by name.
    pub name: String,
    /// The lines of the address.
    pub address: String,
    /// What is asked.
    pub asked: String,
    /// The day it came in; today where this is empty.
    pub received: String,
    /// The day by which it is to be answered; by the profile where this is empty.
    pub due: String,
    /// `nl` or `en`, of the letter.
    pub language: String,
}

/// What was decided.
#[derive(Default)]
pub struct Reply {
    /// The four questions with their answers.
    pub answers: Vec<Weighed>,
    /// Not everything that was asked is answered.
    pub partly: bool,
    /// Why it is refused: one of [`GROUNDS`] that stands by the answers, or `no_consent` where none was given to somebody else than the
    /// person. Of a refusal alone.
    pub reason: String,
    /// A word of explanation in the letter.
    pub explanation: String,
    /// The reasoned result, where the profile has one.
    pub result: String,
}

/// What would go out, exactly.
pub struct Preview {
    /// The letter.
    pub letter: Zeroizing<Letter>,
    /// What the approval must state.
    pub digest: String,
    /// What the approval must state of the request.
    pub revision: i64,
    /// Fields of the profile that do not go out, with the reason.
    pub left_out: Vec<(&'static str, LeftOut)>,
    /// Why it may not go out as it is; `None` when it may.
    pub denial: Option<Denial>,
}

/// A request with everything that belongs to it.
pub(super) struct Request {
    pub dossier: DossierId,
    pub revision: i64,
    pub content: Zeroizing<EntryContent>,
    pub record: Zeroizing<DisclosureRecord>,
    pub profile: &'static Profile,
}

impl Practice {
    /// Registers a request. Its term is announced until it is decided.
    pub async fn register_request(
        &self,
        dossier: DossierId,
        new: &NewRequest,
    ) -> Result<EntryId, Error> {
        let profile = profile(&new.asker, &new.purpose)
            .ok_or_else(|| Error::refused("purpose", "no_profile"))?;
        let content = self.request_content(new, profile)?;
        let (id, _) = self
            .add_any_entry(dossier, profile.list, EntryId::make(), content, None)
            .await?;
        Ok(id)
    }

    /// Corrects what a request says, as long as it is open. `revision` is what the writer saw.
    pub async fn change_request(
        &self,
        id: EntryId,
        new: &NewRequest,
        revision: i64,
    ) -> Result<(), Error> {
        let request = self.open_request(id).await?;
        self.refuse_decided(&request)?;
        let profile = profile(&new.asker, &new.purpose)
            .filter(|profile| profile.list == request.profile.list)
            .ok_or_else(|| Error::refused("purpose", "no_profile"))?;
        let content = self.request_content(new, profile)?;
        self.edit_any_entry(id, content, revision, None).await?;
        Ok(())
    }

    fn request_content(&self, new: &NewRequest, profile: &Profile) -> Result<EntryContent, Error> {
        let day = |text: &str, other: NaiveDate| match text.trim() {
            "" => Ok(other),
            text => code::Date::parse(text)
                .map(|date| date.day())
                .map_err(|error| Error::refused("date", error.code())),
        };
        let today = self.civil_today();
        let received = day(&new.received, today)?;
        if received > today {
            return Err(Error::refused("received", "in_future"));
        }
        let last = profile.term.end(received);
        let due = day(&new.due, last)?;
        if profile.term == Term::Month && due > last {
            // A person waits no longer than the statute says.
            return Err(Error::refused("due", "past_term"));
        }
        for (field, text) in [("name", &new.name), ("address", &new.address)] {
            // It stands above the letter, whoever opens the envelope.
            if let Some(why) = outright_unfit(text) {
                return Err(Error::refused(field, why.refusal()));
            }
        }
        let language = if new.language == "en" { "en" } else { "nl" };
        Ok(EntryContent {
            text: new.asked.trim().to_owned(),
            title: Some(new.name.trim().to_owned()).filter(|name| !name.is_empty()),
            on: Some(received.to_string()),
            until: Some(due.to_string()),
            disclosure: Some(Rare::from(DisclosureRecord {
                asker: new.asker.clone(),
                purpose: new.purpose.clone(),
                address: new.address.trim().to_owned(),
                language: language.to_owned(),
                ..DisclosureRecord::default()
            })),
            ..EntryContent::default()
        })
    }

    /// The answer as it would go out. Each protected value in it is logged as revealed.
    pub async fn preview_answer(&self, id: EntryId, reply: &Reply) -> Result<Preview, Error> {
        let request = self.open_request(id).await?;
        let mut conn = self.store.read().await?;
        let (consent, leave) = self.weigh(&mut conn, &request, reply).await?;
        drop(conn);
        let (basis, denial) = match leave {
            Ok(leave) => (leave.basis().to_owned(), None),
            // It does not go; what it would rest on is in it all the same.
            Err(Error::Denied(denial)) => (request.profile.ground.basis().to_owned(), Some(denial)),
            Err(error) => return Err(error),
        };
        let record = DisclosureRecord {
            basis,
            ..decided(&request, reply, answered(reply))
        };
        let disclosed = self.disclose(id, &request, reply, consent.as_ref()).await?;
        let letter = self.compose(id, &request, &record, &disclosed).await?;
        self.log_revealed(request.dossier, &disclosed).await?;
        Ok(Preview {
            digest: letter.digest(),
            letter,
            revision: request.revision,
            left_out: disclosed.left_out().to_vec(),
            denial,
        })
    }

    /// Answers a request with the letter of this digest, as it was previewed. It stands in the register and in the log before it comes
    /// out.
    pub async fn answer_request(
        &self,
        id: EntryId,
        reply: &Reply,
        digest: &str,
        revision: i64,
    ) -> Result<Zeroizing<Letter>, Error> {
        let request = self.open_request(id).await?;
        let mut conn = self.store.read().await?;
        let (consent, leave) = self.weigh(&mut conn, &request, reply).await?;
        drop(conn);
        let basis = match leave {
            Ok(leave) => leave.basis().to_owned(),
            Err(error) => return self.deny_answer(id, &request, error).await,
        };
        let disclosed = self.disclose(id, &request, reply, consent.as_ref()).await?;
        let mut record = DisclosureRecord {
            basis,
            ..decided(&request, reply, answered(reply))
        };
        let letter = self.compose(id, &request, &record, &disclosed).await?;
        record.lines = disclosed.lines().to_vec();
        record.result = disclosed.result().to_owned();
        let seen = (&*letter, consent.as_ref());
        self.keep_decision(id, &request, reply, record, seen, (digest, revision))
            .await?;
        Ok(letter)
    }

    /// A refusal as it would go out; no value is in it.
    pub async fn preview_refusal(&self, id: EntryId, reply: &Reply) -> Result<Preview, Error> {
        let request = self.open_request(id).await?;
        let letter = self.refusal(id, &request, reply).await?.0;
        Ok(Preview {
            digest: letter.digest(),
            letter,
            revision: request.revision,
            left_out: Vec::new(),
            denial: None,
        })
    }

    /// Refuses a request with the letter of this digest, as it was previewed; it says why.
    pub async fn refuse_request(
        &self,
        id: EntryId,
        reply: &Reply,
        digest: &str,
        revision: i64,
    ) -> Result<Zeroizing<Letter>, Error> {
        let request = self.open_request(id).await?;
        let (letter, record) = self.refusal(id, &request, reply).await?;
        let seen = (&*letter, None);
        self.keep_decision(id, &request, reply, record, seen, (digest, revision))
            .await?;
        Ok(letter)
    }

    async fn refusal(
        &self,
        id: EntryId,
        request: &Request,
        reply: &Reply,
    ) -> Result<(Zeroizing<Letter>, DisclosureRecord), Error> {
        let mut conn = self.store.read().await?;
        let may = self.may_refuse(&mut conn, request, reply).await;
        drop(conn);
        if let Err(error) = may {
            return self.deny_answer(id, request, error).await;
        }
        let record = decided(request, reply, REFUSED);
        let (view, _) = self.view(request.dossier, Reveal::All).await?;
        let disclosed = Disclosed::nothing(&view, request.profile, &reply.explanation, id);
        let disclosed = self.or_log_told(id, request, disclosed).await?;
        let letter = self.compose(id, request, &record, &disclosed).await?;
        Ok((letter, record))
    }

    async fn may_refuse(
        &self,
        conn: &mut Conn,
        request: &Request,
        reply: &Reply,
    ) -> Result<(), Error> {
        self.refuse_decided(request)?;
        let balance = balance(reply)?;
        let contradicted = match &*reply.reason {
            "no_consent" => {
                let own = request.profile.ground == Ground::OwnRequest;
                let stands = self.recorded_for(conn, request).await?.is_some();
                (own || stands).then_some("consent_stands")
            }
            ground if GROUNDS.contains(&ground) => {
                (!balance.stands(ground)).then_some("answered_otherwise")
            }
            _ => Some("choice"),
        };
        if let Some(code) = contradicted {
            return Err(Error::refused("reason", code));
        }
        let decider = self.decider(conn).await?;
        Ok(self.rights().decide_doubt(balance, decider)?)
    }

    /// The letter that went, once more, without what this user may not see. Logged.
    pub async fn disclosure_letter(&self, id: EntryId) -> Result<Zeroizing<Letter>, Error> {
        let request = self.open_request(id).await?;
        // Of a practice that was handed over there is a line, and no letter.
        if request.record.letter_sha256.is_empty() {
            return Err(Error::NotFound);
        }
        let event = self.event(EventKind::DocumentRead).about(request.dossier);
        self.log_now(event.part(request.profile.list).object(id))
            .await?;
        let record = &request.record;
        let frame = Frame {
            sender: &record.sender,
            signer: &record.decider,
            date: &record.decided_on,
            language: &record.language,
            request: id,
        };
        let letter = letter::as_sent(&request.content, record, request.profile, &frame);
        let mut letter = Zeroizing::new(letter);
        // With other words of the program, or without what this user may not see, it is another letter, and says so.
        if letter.digest() != record.letter_sha256 {
            let copy = words::of(&record.language).copy;
            letter.paragraphs.insert(0, copy.to_owned());
        }
        Ok(letter)
    }

    /// One request, as this user may see it.
    pub(super) async fn open_request(&self, id: EntryId) -> Result<Request, Error> {
        let (row, entry) = self.entry_row(id).await?;
        self.request_of(&row, &entry)
    }

    pub(super) fn request_of(&self, row: &DossierRow, entry: &EntryRow) -> Result<Request, Error> {
        let content = self.open_entry(row, &entry.field, entry)?;
        let mut content = self.as_shown(row, &entry.field, content);
        let record = content.disclosure.take().ok_or(Error::NotFound)?;
        let profile = profile(&record.asker, &record.purpose).ok_or(Error::NotFound)?;
        if entry.binned_at != 0 {
            return Err(Error::NotFound);
        }
        if content.origin.is_some() {
            // Another practice weighed it, and its letter bore another name.
            return Err(Error::refused("request", "from_elsewhere"));
        }
        Ok(Request {
            dossier: row.id,
            revision: entry.revision,
            content: Zeroizing::new(content),
            record: Zeroizing::new(record.into_inner()),
            profile,
        })
    }

    /// What may go out. Everything of the dossier that this user may see is looked at: what is for somebody else must be known to be
    /// kept out.
    async fn disclose(
        &self,
        id: EntryId,
        request: &Request,
        reply: &Reply,
        consent: Option<&Founded>,
    ) -> Result<Disclosed, Error> {
        let (view, _) = self.view(request.dossier, Reveal::All).await?;
        let scope = consent.map(|one| &*one.scope).unwrap_or_default();
        let words = (&*reply.result, &*reply.explanation);
        let disclosed = Disclosed::of(&view, request.profile, scope, words, id);
        self.or_log_told(id, request, disclosed).await
    }

    /// That a text was refused because it tells what stands elsewhere says that it stands there: logged, as is what was guessed.
    async fn or_log_told(
        &self,
        id: EntryId,
        request: &Request,
        disclosed: Result<Disclosed, Error>,
    ) -> Result<Disclosed, Error> {
        if let Err(Error::Refused { reason, .. }) = &disclosed
            && *reason == LeftOut::OtherField.refusal()
        {
            let event = self.event(EventKind::Disclosed).about(request.dossier);
            let event = event.part(request.profile.list).object(id).refused();
            self.log_now(event.reason(reason)).await?;
        }
        disclosed
    }

    /// The consent for an answer where there is one, and whether the answer may go.
    async fn weigh(
        &self,
        conn: &mut Conn,
        request: &Request,
        reply: &Reply,
    ) -> Result<(Option<Founded>, Result<DisclosureLeave, Error>), Error> {
        let consent = self.recorded_for(conn, request).await?;
        let leave = self
            .leave_to_answer(conn, request, reply, consent.as_ref())
            .await;
        Ok((consent, leave))
    }

    async fn leave_to_answer(
        &self,
        conn: &mut Conn,
        request: &Request,
        reply: &Reply,
        consent: Option<&Founded>,
    ) -> Result<DisclosureLeave, Error> {
        self.refuse_decided(request)?;
        let balance = balance(reply)?;
        let decider = self.decider(conn).await?;
        let (ground, whole) = (request.profile.ground, !reply.partly);
        Ok(self.rights().decide_disclosure(
            ground,
            balance,
            whole,
            decider,
            consent.map(|one| Recorded {
                entry: one.entry,
                article: one.article.as_deref(),
            }),
        )?)
    }

    fn refuse_decided(&self, request: &Request) -> Result<(), Error> {
        if request.record.is_open() {
            Ok(())
        } else {
            Err(Error::refused("request", "decided"))
        }
    }

    /// What decides about who decides.
    async fn decider(&self, conn: &mut Conn) -> Result<Decider, Error> {
        let groups = store::group::all(conn).await?;
        let members = store::group::members(conn).await?;
        let accounts = store::account::all(conn).await?;
        let physician_here = members.iter().any(|(group, user)| {
            let role = groups.iter().find(|one| one.id == *group);
            let account = accounts.iter().find(|one| one.id == *user);
            role.is_some_and(|one| one.role == "physician")
                && account.is_some_and(|one| one.state == "active")
        });
        Ok(Decider {
            physician: self.has_role("physician"),
            physician_here,
        })
    }

    async fn compose(
        &self,
        id: EntryId,
        request: &Request,
        record: &DisclosureRecord,
        disclosed: &Disclosed,
    ) -> Result<Zeroizing<Letter>, Error> {
        let (sender, signer) = (
            self.settings().await?.practice,
            self.user_name(self.user).await?,
        );
        let today = self.today();
        let frame = Frame {
            sender: &sender,
            signer: &signer,
            date: &today,
            language: &request.record.language,
            request: id,
        };
        Ok(Zeroizing::new(letter::answer(
            &request.content,
            record,
            request.profile,
            disclosed,
            &frame,
        )))
    }

    /// Writes the decision, with the letter that was seen: the entry and its event in one change, in which it is decided once more
    /// whether it may be.
    async fn keep_decision(
        &self,
        id: EntryId,
        request: &Request,
        reply: &Reply,
        mut record: DisclosureRecord,
        (letter, consent): (&Letter, Option<&Founded>),
        (digest, revision): (&str, i64),
    ) -> Result<(), Error> {
        if letter.digest() != digest {
            return Err(Error::refused("letter", "changed_since_preview"));
        }
        // What cannot be printed would stand in the register and be nowhere.
        self.letter_paper(letter).await?;
        record.letter_sha256 = digest.to_owned();
        record.sender.clone_from(&letter.sender);
        record.decider = self.user_name(self.user).await?.to_string();
        record.decided_on = self.today();
        let mut write = self.store.write().await?;
        let (row, entry) = self.entry_row_in(write.conn(), id).await?;
        let event = if record.outcome == REFUSED {
            if let Err(error) = self.may_refuse(write.conn(), request, reply).await {
                drop(write);
                return self.deny_answer(id, request, error).await;
            }
            self.event(EventKind::DisclosureRefused)
                .reason(&reply.reason)
        } else {
            let event = self.event(EventKind::Disclosed);
            let (now, leave) = self.weigh(write.conn(), request, reply).await?;
            let same = |one: &Founded| consent.is_some_and(|seen| seen.scope == one.scope);
            if now.as_ref().is_some_and(|one| !same(one)) {
                // Another scope is another letter.
                return Err(Error::refused("letter", "changed_since_preview"));
            }
            match leave {
                Ok(leave) if leave.basis() == record.basis => {}
                Ok(_) => return Err(Error::refused("letter", "changed_since_preview")),
                Err(error) => {
                    drop(write);
                    return self.deny_answer(id, request, error).await;
                }
            }
            event
                .count(record.lines.len())
                .reason(request.profile.asker)
        };
        let content = EntryContent {
            disclosure: Some(record.into()),
            ..(*request.content).clone()
        };
        let seen = EntryRow { revision, ..entry };
        self.change_entry(write, &row, seen, (content, None), event)
            .await?;
        Ok(())
    }

    /// Logs that an answer was denied, and gives the denial; another failure as it is.
    async fn deny_answer<T>(
        &self,
        id: EntryId,
        request: &Request,
        error: Error,
    ) -> Result<T, Error> {
        let Error::Denied(denial) = error else {
            return Err(error);
        };
        let event = self.event(EventKind::Disclosed).about(request.dossier);
        self.deny(event.part(request.profile.list).object(id), denial)
            .await
    }

    async fn log_revealed(&self, dossier: DossierId, disclosed: &Disclosed) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        for line in disclosed.lines() {
            if self.rights().fields.contains_key(&line.field) {
                let event = self.event(EventKind::FieldRevealed).about(dossier);
                self.log(&mut write, event.part(&line.field)).await?;
            }
        }
        Ok(write.commit().await?)
    }
}

const REFUSED: &str = "refused";

fn answered(reply: &Reply) -> &'static str {
    if reply.partly { "partly" } else { "answered" }
}

/// The record with a decision in it.
fn decided(request: &Request, reply: &Reply, outcome: &str) -> DisclosureRecord {
    DisclosureRecord {
        outcome: outcome.to_owned(),
        answers: reply.answers.clone(),
        reason: reply.reason.clone(),
        explanation: reply.explanation.trim().to_owned(),
        ..(*request.record).clone()
    }
}

/// The answers to all four questions.
fn balance(reply: &Reply) -> Result<Balance, Error> {
    let answer = |ground: &str| {
        let mut all = reply.answers.iter().filter(|one| one.ground == ground);
        match (all.next(), all.next()) {
            (Some(one), None) => Ok(one.yes),
            _ => Err(Error::refused("answers", "four_answers")),
        }
    };
    Ok(Balance {
        interest: answer("interest")?,
        need: answer("need")?,
        harm: answer("harm")?,
        doubt: answer("doubt")?,
    })
}
