//! What the desktop says: going to sleep, screen locked, another user in front. Over D-Bus, which is a unix socket; where
//! there is none, the deadline alone remains.

use crate::lock;
use futures_util::{Stream, StreamExt, stream};
use std::{collections::HashMap, env, future::ready, pin::Pin};
use tauri::{AppHandle, async_runtime};
use zbus::{
    Connection, MatchRule, Message, MessageStream,
    message::Type,
    zvariant::{OwnedFd, OwnedObjectPath, OwnedValue, Value},
};

const LOGIN: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const ROOT: &str = "/org/freedesktop/login1";

type Signals = Pin<Box<dyn Stream<Item = bool> + Send>>;

/// Locks whenever the desktop gives a reason to, as long as the program runs.
pub fn watch(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        tokio::join!(sleep(&app), system(&app), screen(&app));
    });
}

/// Suspend. A delay lock makes the system wait for us, some seconds at most; it is given back as soon as we are locked.
async fn sleep(app: &AppHandle) -> Option<()> {
    let bus = Connection::system().await.ok()?;
    let mut going = signals(&bus, rule(MANAGER, "PrepareForSleep").ok()?.build(), said).await?;
    let mut hold = delay(&bus).await;
    while let Some(down) = going.next().await {
        if down {
            lock::now(app).await;
            drop(hold.take());
        } else {
            hold = delay(&bus).await;
        }
    }
    Some(())
}

/// Session locked, or another user brought to the front.
async fn system(app: &AppHandle) -> Option<()> {
    let bus = Connection::system().await.ok()?;
    let session = own_session(&bus).await?;
    let locked = rule(SESSION, "Lock").ok()?.path(session.as_ref()).ok()?;
    let changed = rule("org.freedesktop.DBus.Properties", "PropertiesChanged")
        .ok()?
        .path(session.as_ref())
        .ok()?;
    let locked = signals(&bus, locked.build(), |_| Some(true)).await?;
    let changed = signals(&bus, changed.build(), left_the_front).await?;
    lock_on(app, stream::select(locked, changed)).await;
    Some(())
}

/// The screen saver of whichever desktop this is: they all send `ActiveChanged`.
async fn screen(app: &AppHandle) -> Option<()> {
    let bus = Connection::session().await.ok()?;
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .member("ActiveChanged")
        .ok()?
        .build();
    lock_on(app, signals(&bus, rule, said).await?).await;
    Some(())
}

async fn lock_on(app: &AppHandle, reasons: impl Stream<Item = bool> + Send) {
    reasons
        .filter(|reason| ready(*reason))
        .for_each(|_| lock::now(app))
        .await;
}

fn rule(
    interface: &'static str,
    member: &'static str,
) -> zbus::Result<zbus::match_rule::Builder<'static>> {
    MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(interface)?
        .member(member)
}

/// The answers of `read` to the signals that fit the rule; those that it cannot read are passed over.
async fn signals(
    bus: &Connection,
    rule: MatchRule<'_>,
    read: fn(&Message) -> Option<bool>,
) -> Option<Signals> {
    let messages = MessageStream::for_match_rule(rule.to_owned(), bus, None)
        .await
        .ok()?;
    Some(Box::pin(messages.filter_map(move |message| {
        ready(message.ok().as_ref().and_then(read))
    })))
}

/// A signal that carries just a yes or a no.
fn said(message: &Message) -> Option<bool> {
    message.body().deserialize().ok()
}

/// Whether the session is no longer the one in front of the screen.
fn left_the_front(message: &Message) -> Option<bool> {
    let body = message.body();
    let (_, changed, _): (&str, HashMap<&str, Value<'_>>, Vec<&str>) = body.deserialize().ok()?;
    Some(matches!(changed.get("Active"), Some(Value::Bool(false))))
}

/// The session that this window is in: by its name, by this process, or the one this user looks at.
async fn own_session(bus: &Connection) -> Option<OwnedObjectPath> {
    if let Ok(name) = env::var("XDG_SESSION_ID")
        && let Some(path) = ask(bus, "GetSession", &name).await
    {
        return Some(path);
    }
    match ask(bus, "GetSessionByPID", &std::process::id()).await {
        Some(path) => Some(path),
        None => display(bus).await,
    }
}

async fn ask<B: serde::Serialize + zbus::zvariant::DynamicType + Sync>(
    bus: &Connection,
    method: &str,
    body: &B,
) -> Option<OwnedObjectPath> {
    let reply = bus
        .call_method(Some(LOGIN), ROOT, Some(MANAGER), method, body)
        .await
        .ok()?;
    reply.body().deserialize().ok()
}

/// A program started by the user's service manager belongs to no session; the user has one on a display.
async fn display(bus: &Connection) -> Option<OwnedObjectPath> {
    let body = ("org.freedesktop.login1.User", "Display");
    let path = "/org/freedesktop/login1/user/self";
    let reply = bus
        .call_method(
            Some(LOGIN),
            path,
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &body,
        )
        .await
        .ok()?;
    let value: OwnedValue = reply.body().deserialize().ok()?;
    let (_, session): (String, OwnedObjectPath) = value.try_into().ok()?;
    Some(session)
}

/// While this is held the system does not fall asleep, within the limits of its patience.
async fn delay(bus: &Connection) -> Option<OwnedFd> {
    let body = ("sleep", "Dossierkluis", "locks the practice", "delay");
    bus.call_method(Some(LOGIN), ROOT, Some(MANAGER), "Inhibit", &body)
        .await
        .ok()?
        .body()
        .deserialize()
        .ok()
}
