//! `kluis vault`

use crate::{
    args::{Carry, Global, Vault, VaultAction, VaultNew},
    failure::{Failure, new_file, usage},
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    crypto::Outward,
    ids::{CircleId, UserId},
    practice::{Practice, RecoverySheet},
    vault::NewVault,
};
use serde_json::{Value, json};
use std::path::Path;

/// Vaults: circles with a password of their own.
pub async fn run(global: &Global, args: &Vault, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            VaultAction::List => list(practice, out).await,
            VaultAction::New(new) => found(practice, global, new, out).await,
            VaultAction::Rekey { name } => {
                let vault = fetch::vault(practice, name).await?.id;
                let password = session::vault_secret(global, out)?;
                let bar = out.bar();
                practice
                    .rekey_vault(vault, password.expose(), &|at| bar.show(at), &|| false)
                    .await
                    .map_err(Failure::of_vault)?;
                say(vault, (name, "rekey", ""), out)
            }
            VaultAction::Password {
                name,
                new_password_file,
            } => {
                let vault = fetch::vault(practice, name).await?.id;
                let old = session::vault_secret(global, out)?;
                let new = session::new_secret(new_password_file.as_deref(), out)?;
                practice
                    .change_vault_password(vault, old.expose(), new.expose())
                    .await
                    .map_err(Failure::of_vault)?;
                say(vault, (name, "password", ""), out)
            }
            VaultAction::Recover {
                name,
                code_file,
                new_password_file,
            } => {
                let vault = fetch::vault(practice, name).await?.id;
                let code = session::secret(Some(code_file), "")?;
                let new = session::new_secret(new_password_file.as_deref(), out)?;
                practice
                    .recover_vault(vault, code.expose(), new.expose())
                    .await
                    .map_err(Failure::of_vault)?;
                say(vault, (name, "recover", ""), out)
            }
            VaultAction::Sheet { name, file } => {
                refuse_existing(Some(file))?;
                let vault = fetch::vault(practice, name).await?.id;
                let password = session::vault_secret(global, out)?;
                let sheet = practice
                    .new_vault_sheet(vault, password.expose())
                    .await
                    .map_err(Failure::of_vault)?;
                super::new::write_sheet(practice, file, &sheet, out).await?;
                say(vault, (name, "sheet", ""), out)
            }
            VaultAction::Add { name, user } => {
                let vault = session::open_vault(practice, global, name, out).await?;
                practice
                    .add_to_vault(vault, fetch::user(practice, user).await?)
                    .await?;
                say(vault, (name, "add", user), out)
            }
            VaultAction::Remove { name, user } => {
                let vault = session::open_vault(practice, global, name, out).await?;
                practice
                    .remove_from_vault(vault, fetch::user(practice, user).await?)
                    .await?;
                say(vault, (name, "remove", user), out)
            }
            VaultAction::HandOver { name, user } => {
                let vault = session::open_vault(practice, global, name, out).await?;
                practice
                    .hand_over_vault(vault, fetch::user(practice, user).await?)
                    .await?;
                say(vault, (name, "hand_over", user), out)
            }
            VaultAction::Export { name, file, to } => {
                let vault = session::open_vault(practice, global, name, out).await?;
                export(practice, (vault, name), (file, to), out).await
            }
        }
    })
    .await
}

async fn export(
    practice: &Practice,
    (vault, name): (CircleId, &str),
    (file, to): (&Path, &Carry),
    out: &Out,
) -> Result<u8, Failure> {
    let (to, bar) = (outward(practice, to, out).await?, out.bar());
    let count = practice
        .export_vault(vault, name, file, &to, &|at| bar.show(at), &|| false)
        .await?;
    out.say(&json!({ "written": count }), || {
        let said = out.pick("Dossiers geschreven", "Dossiers written");
        format!("{said}: {count}")
    })?;
    Ok(0)
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let (vaults, names) = (practice.vaults().await?, fetch::names(practice).await?);
    let name = |id: &UserId| names.get(id).cloned().unwrap_or_default();
    let json: Vec<Value> = vaults
        .iter()
        .map(|one| {
            json!({
                "id": one.id.to_string(), "name": one.name.as_str(), "medical": one.medical, "dossiers": one.dossiers,
                "keeper": name(&one.keeper), "members": one.members.iter().map(name).collect::<Vec<_>>(),
                "minutes": one.minutes, "renewed": fetch::time(one.renewed_at), "renewed_by": name(&one.renewed_by), "due": one.due,
            })
        })
        .collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = vaults
            .iter()
            .map(|one| {
                vec![
                    one.name.to_string(),
                    one.dossiers.to_string(),
                    name(&one.keeper),
                    fetch::moment(one.renewed_at),
                ]
            })
            .collect();
        out.table(&rows)
    })?;
    Ok(0)
}

async fn found(
    practice: &Practice,
    global: &Global,
    args: &VaultNew,
    out: &Out,
) -> Result<u8, Failure> {
    let VaultNew {
        name,
        member,
        medical,
        minutes,
        recovery,
    } = args;
    refuse_existing(recovery.as_deref())?;
    let known = practice.vaults().await?;
    if known.iter().any(|one| fetch::same_name(&one.name, name)) {
        return Err(Failure::name_taken());
    }
    let mut members = Vec::new();
    for user in member {
        members.push(fetch::user(practice, user).await?);
    }
    let password = session::new_secret(global.vault_password_file.as_deref(), out)?;
    let new = NewVault {
        name,
        password: password.expose(),
        members: &members,
        medical: *medical,
        minutes: *minutes,
    };
    let (id, sheet) = practice.found_vault(&new).await?;
    match recovery {
        Some(file) => super::new::write_sheet(practice, file, &sheet, out).await?,
        None => print_sheet(&sheet, out)?,
    }
    let code = recovery.is_none().then(|| sheet.code().to_string());
    out.say(&json!({ "id": id.to_string(), "recovery": code }), || {
        format!("{}: {name}", out.pick("Kluis gemaakt", "Vault made"))
    })?;
    Ok(0)
}

/// A sheet that cannot be written is lost: it is looked at before the former stops working.
fn refuse_existing(file: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = file else {
        return Ok(());
    };
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    new_file(file)?;
    if folder.is_some_and(|folder| !folder.is_dir()) {
        Err(usage("sheet_folder"))
    } else {
        Ok(())
    }
}

fn print_sheet(sheet: &RecoverySheet, out: &Out) -> Result<(), Failure> {
    let code = sheet.code();
    out.warn(out.pick(
        "schrijf de herstelcode op; zonder wachtwoord is dit de enige weg naar binnen:",
        "write the recovery code down; without the password it is the only way in:",
    ));
    out.warn(&code);
    Ok(())
}

/// Who can open what leaves.
pub async fn outward(practice: &Practice, to: &Carry, out: &Out) -> Result<Outward, Failure> {
    match &to.recipient {
        Some(recipient) => Ok(Outward::Recipient(
            recipient.parse().map_err(|_| usage("recipient"))?,
        )),
        None => {
            let work = super::new::work(to.work)?;
            let password = session::new_secret(to.export_password_file.as_deref(), out)?;
            Ok(practice.outward(password.expose(), work).await?)
        }
    }
}

/// What was done with a vault: its id for scripts, a sentence for people. `whom` is left out where it is empty.
fn say(vault: CircleId, (name, done, whom): (&str, &str, &str), out: &Out) -> Result<u8, Failure> {
    out.say(&json!({ "id": vault.to_string() }), || {
        let the = out.pick("Kluis", "Vault");
        let done = words::or_code(reasons::VAULTS, done, out.dutch);
        format!("{the} {name} {done} {whom}").trim_end().to_owned() + "."
    })?;
    Ok(0)
}
