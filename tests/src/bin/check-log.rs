//! Checks an exported log by the description in `core/README.md` alone: no line of the program is in it.
//!
//!     check-log FILE
#![allow(
    clippy::print_stdout,
    clippy::exit,
    reason = "a program for a terminal"
)]

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

fn main() {
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let checked = std::fs::read_to_string(path).map_err(|error| error.to_string());
    match checked.and_then(|text| check(&text)) {
        Ok(entries) => println!("{entries} entries, chain and signatures are sound"),
        Err(fault) => {
            println!("not sound: {fault}");
            std::process::exit(1);
        }
    }
}

fn check(file: &str) -> Result<u64, String> {
    let lines: Result<Vec<Value>, _> = file.lines().map(serde_json::from_str).collect();
    let lines = lines.map_err(|_| "a line is not JSON")?;
    let (first, rest) = lines.split_first().ok_or("empty")?;
    let (last, entries) = rest.split_last().ok_or("no end")?;
    if first["format"] != "dossierkluis log 1" {
        return Err("another format".to_owned());
    }
    let (mut keys, mut joined) = (HashMap::<String, Vec<u8>>::new(), HashSet::new());
    let (mut former, mut seq) = (Vec::new(), 0);
    for line in entries {
        seq += 1;
        let at = |what: &str| format!("{what} at {seq}");
        let (body, hash) = (text(&line["body"]), bytes(&line["hash"]));
        if line["seq"] != seq {
            return Err(at("a gap"));
        }
        if hash != Sha256::digest([&former[..], body.as_bytes()].concat())[..] {
            return Err(at("hash"));
        }
        let event: Value = serde_json::from_str(body).map_err(|_| at("body"))?;
        let (user, kind) = (text(&event["user"]).to_owned(), text(&event["event"]));
        // Who is known from here on, and by which key; the first entry is signed with the key that it introduces.
        let brings = ["practice_made", "user_invited", "user_joined"].contains(&kind)
            && !event["key"].is_null();
        let object = text(&event["object"]).to_owned();
        if seq == 1 {
            keys.insert(object.clone(), bytes(&event["key"]));
            joined.insert(user.clone());
        }
        if !signed(keys.get(&user), &hash, &line["signature"]) {
            return Err(at("signature"));
        }
        if brings && seq > 1 {
            if joined.contains(&object) && object != user {
                return Err(at("introduction"));
            }
            if object == user {
                joined.insert(user);
            }
            keys.insert(object, bytes(&event["key"]));
        }
        former = hash;
    }
    let (hash, at) = (text(&last["hash"]), &last["at"]);
    let message = format!(
        "dossierkluis log end 1\n{}\n{seq}\n{hash}\n{at}\n",
        text(&first["practice"])
    );
    if last["end"] != seq || bytes(&last["hash"]) != former {
        return Err("the end is missing".to_owned());
    }
    if !signed(
        keys.get(text(&last["user"])),
        message.as_bytes(),
        &last["signature"],
    ) {
        return Err("the signature of the end".to_owned());
    }
    Ok(seq)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(text(value)).unwrap_or_default()
}

fn signed(key: Option<&Vec<u8>>, message: &[u8], signature: &Value) -> bool {
    let key = key.and_then(|key| key.as_slice().try_into().ok());
    let key = key.and_then(|key| VerifyingKey::from_bytes(key).ok());
    let signature = Signature::from_slice(&bytes(signature));
    matches!((key, signature), (Some(key), Ok(signature)) if key.verify_strict(message, &signature).is_ok())
}
