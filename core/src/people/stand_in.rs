//! Standing in for somebody who is away (rows A9, F4): chosen dossiers, from one day to another, with a report on return.

use crate::{
    access::Home,
    audit::{Event, EventKind},
    catalogue::{self, Level},
    error::Error,
    ids::{CircleId, DossierId, StandInId, UserId},
    keys::KeyName,
    session::Practice,
    store::{self, StoreError, Write, dossier::DossierRow, stand_in::StandInRow, value::OPEN},
    time::{civil_day, midnight},
};
use chrono::{DateTime, Days, NaiveDate};
use std::collections::BTreeMap;

/// Days that somebody stands in at most.
const LONGEST: u64 = 366;

/// What is given to a colleague.
pub struct NewStandIn<'a> {
    /// To whom.
    pub to: UserId,
    /// Which dossiers.
    pub dossiers: &'a [DossierId],
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// A stand-in that this user gave or is, or may end.
pub struct StandInInfo {
    /// Which.
    pub id: StandInId,
    /// Who is away.
    pub giver: UserId,
    /// Who stands in.
    pub stand_in: UserId,
    /// When it starts, in ms.
    pub starts_at: i64,
    /// When it is over, in ms.
    pub ends_at: i64,
    /// `waiting`, `running`, `ended` (the key was taken) or `returned` (the dossiers are back too).
    pub state: String,
    /// Which dossiers; of a stand-in between others none are named.
    pub dossiers: Vec<DossierId>,
    /// Whether this user can end it now.
    pub may_end: bool,
    /// Whether the giver has a report to read.
    pub unread: bool,
}

/// One thing that was seen or done.
pub struct Deed {
    /// In ms.
    pub at: i64,
    /// What.
    pub event: EventKind,
    /// Of which dossier.
    pub dossier: DossierId,
    /// Which field or entry list, where the reader may see that.
    pub part: Option<String>,
    /// Whether it was done, or refused.
    pub success: bool,
}

/// What was seen and done by whoever stood in, newest first.
pub struct StandInReport {
    /// Of which stand-in.
    pub info: StandInInfo,
    /// What.
    pub deeds: Vec<Deed>,
}

impl Practice {
    /// Gives a colleague chosen dossiers for some days. They move to a circle of their own, with everybody who has them now; the
    /// colleague gets its key when it starts. One stand-in for each circle that they lie in.
    pub async fn give_stand_in(&self, new: &NewStandIn<'_>) -> Result<Vec<StandInId>, Error> {
        self.rights().decide_work()?;
        let ends_at = self.refuse_days(new)?;
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self.give_stand_in_in(write, new, ends_at).await;
        let given = self.keep_keys(before, done);
        self.refresh_rights(&mut *self.store.read().await?).await?;
        let (ids, moved) = given?;
        for row in &moved {
            self.remember_again(row).await?;
        }
        self.mind_stand_ins().await?;
        Ok(ids)
    }

    /// Gives the moment at which it is over.
    fn refuse_days(&self, new: &NewStandIn<'_>) -> Result<i64, Error> {
        let after = new.until.checked_add_days(Days::new(1));
        let longest = new.from.checked_add_days(Days::new(LONGEST));
        let ends_at = after.map_or(0, midnight);
        if new.until < new.from {
            Err(Error::refused("until", "ends_before_it_begins"))
        } else if ends_at <= self.now() {
            Err(Error::refused("until", "past"))
        } else if longest.is_none_or(|longest| new.until > longest) {
            Err(Error::refused("until", "more_than_a_year"))
        } else if new.dossiers.is_empty() {
            Err(Error::refused("dossiers", "empty"))
        } else {
            Ok(ends_at)
        }
    }

    async fn give_stand_in_in(
        &self,
        mut write: Write<'_>,
        new: &NewStandIn<'_>,
        ends_at: i64,
    ) -> Result<(Vec<StandInId>, Vec<DossierRow>), Error> {
        let account = store::account::get(write.conn(), new.to).await?;
        if new.to == self.user || account.state != "active" {
            return Err(Error::refused("user", "cannot_stand_in"));
        }
        let mut by_circle: BTreeMap<CircleId, BTreeMap<DossierId, DossierRow>> = BTreeMap::new();
        for id in new.dossiers {
            let row = self.lendable(&mut write, *id).await?;
            let circle = by_circle.entry(row.circle_id).or_default();
            circle.insert(row.id, row);
        }
        let (mut ids, mut moved) = (Vec::new(), Vec::new());
        for (home_id, rows) in by_circle {
            let circle_id = self.lend_circle(&mut write, home_id, new.to).await?;
            let row = StandInRow {
                id: StandInId::make(),
                giver: self.user,
                stand_in: new.to,
                circle_id,
                home_id,
                made_at: self.now(),
                starts_at: midnight(new.from),
                ends_at,
                state: "waiting".to_owned(),
                read_at: 0,
            };
            store::stand_in::put(write.conn(), &row).await?;
            self.keep_for_start(&mut write, &row).await?;
            let event = self.event(EventKind::StandInGiven).object(new.to);
            let about: Vec<DossierId> = rows.keys().copied().collect();
            self.log_about(&mut write, event.count(about.len()), &about)
                .await?;
            for dossier in rows.into_values() {
                store::stand_in::add_dossier(write.conn(), row.id, dossier.id).await?;
                moved.push(self.put_in_circle(&mut write, dossier, circle_id).await?);
            }
            ids.push(row.id);
        }
        write.commit().await?;
        Ok((ids, moved))
    }

    /// The row of a dossier that this user can lend.
    async fn lendable(&self, write: &mut Write<'_>, id: DossierId) -> Result<DossierRow, Error> {
        let row = self.dossier_row_in(write.conn(), id).await?;
        self.permit(row.home(), OPEN, Level::Edit)?;
        if row.binned_at > 0 {
            Err(Error::refused("dossiers", "in_bin"))
        } else if catalogue::SHARED_KINDS.contains(&&*row.kind) {
            Err(Error::refused("dossiers", "circle_of_everybody"))
        } else if self.rights().is_lent(row.circle_id) {
            Err(Error::refused("dossiers", "lent"))
        } else {
            Ok(row)
        }
    }

    /// A circle with the members of another. Whoever stands in is in neither yet.
    async fn lend_circle(
        &self,
        write: &mut Write<'_>,
        home: CircleId,
        to: UserId,
    ) -> Result<CircleId, Error> {
        let members = store::circle::members(write.conn()).await?;
        let mine = members.iter().filter(|(circle, _)| *circle == home);
        let members: Vec<UserId> = mine.map(|(_, user)| *user).collect();
        if members.contains(&to) {
            return Err(Error::refused("user", "in_circle"));
        }
        let circle = self.make_circle(write, "made", "").await?;
        for member in members.into_iter().filter(|member| *member != self.user) {
            store::circle::set_member(write.conn(), circle, member, true).await?;
            self.give_key(write, &KeyName::Circle(circle), member)
                .await?;
        }
        Ok(circle)
    }

    /// Moves a dossier, and seals again in it what this user can open.
    pub(super) async fn put_in_circle(
        &self,
        write: &mut Write<'_>,
        row: DossierRow,
        circle: CircleId,
    ) -> Result<DossierRow, Error> {
        let home = Home {
            circle,
            ..row.home()
        };
        let moved = DossierRow {
            circle_id: circle,
            ..row
        };
        store::dossier::set_home(write.conn(), moved.id, home).await?;
        self.reseal_dossier(write, &moved).await?;
        let event = self.event(EventKind::DossierMoved).about(moved.id);
        self.log(write, event.object(circle)).await?;
        Ok(moved)
    }

    /// The stand-ins that this user gave or is, the last given first; for who manages people also those of others that are not over.
    pub async fn stand_ins(&self) -> Result<Vec<StandInInfo>, Error> {
        self.rights().decide_work()?;
        let mut conn = self.store.read().await?;
        let mut infos = Vec::new();
        for row in store::stand_in::all(&mut conn).await? {
            if row.giver == self.user || row.stand_in == self.user {
                let dossiers = store::stand_in::dossiers(&mut conn, row.id).await?;
                infos.push(self.info(row, dossiers));
            } else if self.may_end(&row) {
                infos.push(self.info(row, Vec::new()));
            }
        }
        Ok(infos)
    }

    fn may_end(&self, row: &StandInRow) -> bool {
        let open = matches!(&*row.state, "waiting" | "running");
        open && self.rights().decide_ending(row.giver).is_ok()
    }

    fn info(&self, row: StandInRow, dossiers: Vec<DossierId>) -> StandInInfo {
        let over = matches!(&*row.state, "ended" | "returned");
        let may_end = self.may_end(&row);
        StandInInfo {
            id: row.id,
            giver: row.giver,
            stand_in: row.stand_in,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            may_end,
            unread: over
                && row.giver == self.user
                && row.read_at == 0
                && row.ends_at > row.starts_at,
            state: row.state,
            dossiers,
        }
    }

    /// Ends a stand-in now, before its day. Whoever manages people can do it too, when the giver is ill: the key goes at once, and the
    /// dossiers come back when somebody of their circle next has the practice open.
    pub async fn end_stand_in(&self, id: StandInId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let row = store::stand_in::get(write.conn(), id).await?;
        self.rights().decide_ending(row.giver)?;
        let early = row.ends_at > self.now();
        let ends_at = row.ends_at.min(self.now());
        let reason = if early { "early" } else { "" };
        self.finish(write, StandInRow { ends_at, ..row }, reason)
            .await?;
        self.refresh_rights(&mut *self.store.read().await?).await?;
        self.mind_stand_ins().await
    }

    /// The row of a stand-in that this user gave.
    async fn given(&self, write: &mut Write<'_>, id: StandInId) -> Result<StandInRow, Error> {
        let row = store::stand_in::get(write.conn(), id).await?;
        self.rights().decide_giver(row.giver)?;
        Ok(row)
    }

    /// What was seen and done by whoever stands or stood in, for whoever gave it. Once it is over, reading it is remembered.
    pub async fn stand_in_report(&self, id: StandInId) -> Result<StandInReport, Error> {
        self.log_pending().await?;
        let mut write = self.store.write().await?;
        let mut row = self.given(&mut write, id).await?;
        let dossiers = store::stand_in::dossiers(write.conn(), id).await?;
        let mut deeds = Vec::new();
        for dossier in &dossiers {
            for logged in store::stand_in::deeds(write.conn(), row.stand_in, *dossier).await? {
                let event: Event = serde_json::from_str(&logged.body)
                    .map_err(|_| Error::Store(StoreError::Damaged("audit")))?;
                let during = event.at >= row.starts_at && event.at >= row.made_at;
                if event.on_behalf_of == Some(row.giver) && during && event.at <= row.ends_at {
                    deeds.push(self.deed(&mut write, event, *dossier).await?);
                }
            }
        }
        deeds.sort_by_key(|deed| std::cmp::Reverse(deed.at));
        let event = self.event(EventKind::LogRead).object(id);
        self.log(&mut write, event.count(deeds.len())).await?;
        if matches!(&*row.state, "ended" | "returned") && row.read_at == 0 {
            row.read_at = self.now();
            store::stand_in::put(write.conn(), &row).await?;
        }
        write.commit().await?;
        let info = self.info(row, dossiers);
        Ok(StandInReport { info, deeds })
    }

    /// As the giver may see it: which field it was, only where that is open to the giver.
    async fn deed(
        &self,
        write: &mut Write<'_>,
        event: Event,
        dossier: DossierId,
    ) -> Result<Deed, Error> {
        let home = match store::dossier::get(write.conn(), dossier).await {
            Ok(row) => Some(row.home()),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let seen = |part: &String| {
            home.is_some_and(|home| self.rights().decide(home, part, Level::View).is_ok())
        };
        Ok(Deed {
            at: event.at,
            event: event.event,
            dossier,
            part: event.part.filter(seen),
            success: event.success,
        })
    }
}

/// The last day of what is over at this moment, as the Netherlands counts it.
pub fn last_day(ends_at: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp_millis(ends_at - 1).map(civil_day)
}
