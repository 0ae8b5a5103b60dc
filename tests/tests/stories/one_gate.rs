//! One gate: role × field × way out. Whichever way a value could come out, it comes out for the same people.

use crate::cast::{Cast, client_fields, sample};
use dossierkluis::{
    access::Seen,
    catalogue::{FieldDef, Level},
    dossier::{ListQuery, Reveal, SortBy},
    error::Error,
    practice::Practice,
    transfer::{ExportPlan, export::Kind},
};
use std::fmt::Write;

const OPEN: &str = "open";
const WITHHELD: &str = "withheld";
const ABSENT: &str = "absent";

const WAYS: &[&str] = &[
    "show", "search", "sort", "filter", "by_field", "row", "history", "recents", "bin", "csv",
    "json", "log",
];

/// Open fields that the practice protected later, and a reception that may not see them.
const LATER: &[&str] = &["town", "given_name"];

#[tokio::test(flavor = "multi_thread")]
async fn a_value_comes_out_every_way_or_none() {
    let cast = Cast::new().await;
    let anna = cast.sign_in("Anna").await;
    let reception = anna
        .groups()
        .await
        .unwrap()
        .into_iter()
        .find(|group| group.role == "reception")
        .unwrap()
        .id;
    for field in LATER {
        anna.protect(field).await.unwrap();
        anna.set_right(field, reception, Level::None).await.unwrap();
    }
    drop(anna.lock().await.unwrap());
    let mut matrix = String::new();
    for user in ["Anna", "Arie", "Cas", "Els", "Roos", "Bram"] {
        writeln!(
            matrix,
            "{user:24} {}",
            WAYS.iter()
                .map(|way| format!("{way:9}"))
                .collect::<String>()
        )
        .unwrap();
        let practice = cast.sign_in(user).await;
        let gate = Gate::new(&cast, &practice).await;
        for def in client_fields().filter(|def| def.is_protected() || LATER.contains(&def.id)) {
            let cells = gate.cells(def).await;
            assert_eq!(
                cells.contains(&OPEN),
                cells[0] == OPEN,
                "{user} {} {cells:?}",
                def.id
            );
            writeln!(
                matrix,
                "  {:22} {}",
                def.id,
                cells
                    .iter()
                    .map(|cell| format!("{cell:9}"))
                    .collect::<String>()
            )
            .unwrap();
        }
        drop(practice.lock().await.unwrap());
    }
    insta::assert_snapshot!(matrix);
}

/// Everything that one user can make the program say about the full dossier.
struct Gate<'a> {
    cast: &'a Cast,
    practice: &'a Practice,
    rows: String,
    recents: String,
    bin: String,
    csv: String,
    json: serde_json::Value,
    log: String,
}

impl<'a> Gate<'a> {
    async fn new(cast: &'a Cast, practice: &'a Practice) -> Self {
        let _ = practice.open_dossier(cast.full, Reveal::All).await;
        let all = ListQuery {
            limit: 10,
            ..ListQuery::default()
        };
        let rows = format!("{:?}", practice.list(&all).await.unwrap().rows);
        let recents = format!("{:?}", practice.recents(10).await.unwrap());
        let log = match practice.audit_log(None, 0, 10_000).await {
            Ok(page) => page,
            Err(_) => practice
                .audit_log(Some(cast.full), 0, 10_000)
                .await
                .unwrap_or(dossierkluis::practice::LogPage {
                    total: 0,
                    entries: Vec::new(),
                }),
        };
        let log = log
            .entries
            .iter()
            .map(|entry| serde_json::to_string(&entry.event).unwrap())
            .collect();
        let json = serde_json::from_str(&export(practice, Kind::Json).await).unwrap();
        let csv = export(practice, Kind::Csv).await;
        let bin = bin_name(cast, practice).await;
        Self {
            cast,
            practice,
            rows,
            recents,
            bin,
            csv,
            json,
            log,
        }
    }

    async fn cells(&self, def: &FieldDef) -> Vec<&'static str> {
        let value = sample(def, 1);
        let has = |text: &str| if text.contains(&value) { OPEN } else { ABSENT };
        vec![
            self.show(def, &value).await,
            self.search(def, &value).await,
            self.sort(def).await,
            self.listed(ListQuery {
                filter: value.clone(),
                ..ListQuery::default()
            })
            .await,
            self.listed(ListQuery {
                field: Some((def.id.to_owned(), value.clone())),
                ..ListQuery::default()
            })
            .await,
            has(&self.rows),
            self.history(def).await,
            has(&self.recents),
            has(&self.bin),
            self.csv(def, &value),
            self.json(def, &value),
            has(&self.log),
        ]
    }

    async fn show(&self, def: &FieldDef, value: &str) -> &'static str {
        let view = match self
            .practice
            .open_dossier(self.cast.full, Reveal::All)
            .await
        {
            Ok(view) => view,
            Err(Error::NotFound) => return ABSENT,
            Err(error) => panic!("{error:?}"),
        };
        let told = view
            .entries
            .iter()
            .any(|entry| entry.field == def.id && entry.content.contains(value));
        match view.fields.get(def.id) {
            Some(Seen::Shown {
                value: Some(shown), ..
            }) if shown.as_str() == value => OPEN,
            Some(Seen::Withheld { .. }) => WITHHELD,
            None if told => OPEN,
            None if view
                .withheld_entries
                .iter()
                .any(|(field, _)| *field == def.id) =>
            {
                WITHHELD
            }
            _ => ABSENT,
        }
    }

    async fn search(&self, def: &FieldDef, value: &str) -> &'static str {
        let (found, _) = self.practice.search(value, 100).await.unwrap();
        let names = def.id == "given_name" && found.iter().any(|hit| hit.field == "name");
        if names
            || found
                .iter()
                .any(|hit| hit.row.id == self.cast.full && hit.field == def.id)
        {
            OPEN
        } else {
            ABSENT
        }
    }

    /// The full dossier comes last by name, and first by a field that only it has.
    async fn sort(&self, def: &FieldDef) -> &'static str {
        let order = |sort| async {
            let query = ListQuery {
                sort,
                limit: 10,
                ..ListQuery::default()
            };
            self.practice
                .list(&query)
                .await
                .unwrap()
                .rows
                .iter()
                .map(|row| row.id)
                .collect::<Vec<_>>()
        };
        let (by_name, by_field) = (
            order(SortBy::Name).await,
            order(SortBy::Field(def.id.to_owned())).await,
        );
        if by_name == by_field { ABSENT } else { OPEN }
    }

    async fn listed(&self, query: ListQuery) -> &'static str {
        if self.practice.list(&query).await.unwrap().total > 0 {
            OPEN
        } else {
            ABSENT
        }
    }

    async fn history(&self, def: &FieldDef) -> &'static str {
        let old = sample(def, 0);
        if def.shape().is_some() {
            return self.entry_history(def, &old).await;
        }
        match self.practice.history(self.cast.full, def.id).await {
            Ok(changes)
                if changes.iter().any(|change| {
                    change
                        .before
                        .as_ref()
                        .is_some_and(|before| before.as_str() == old)
                }) =>
            {
                OPEN
            }
            Ok(_) | Err(Error::NotFound) => ABSENT,
            Err(Error::Denied(_)) => WITHHELD,
            Err(error) => panic!("{error:?}"),
        }
    }

    /// The id of the entry is known to the attacker.
    async fn entry_history(&self, def: &FieldDef, old: &str) -> &'static str {
        let id = self.cast.entries[def.id];
        match self.practice.entry_history(id).await {
            Ok(changes) if changes.iter().any(|change| change.before.text == old) => OPEN,
            Ok(_) | Err(Error::NotFound) => ABSENT,
            Err(Error::Denied(_)) => WITHHELD,
            Err(error) => panic!("{error:?}"),
        }
    }

    fn csv(&self, def: &FieldDef, value: &str) -> &'static str {
        let mut lines = self
            .csv
            .trim_start_matches('\u{feff}')
            .lines()
            .map(|line| line.split(';').collect::<Vec<_>>());
        let Some(column) = lines.next().and_then(|head| {
            head.iter()
                .position(|cell| cell.trim_matches('"') == def.id)
        }) else {
            return ABSENT;
        };
        let cells: Vec<&str> = lines
            .map(|line| line[column].trim_matches(['"', '\'']))
            .collect();
        if cells.contains(&value) {
            OPEN
        } else if cells.contains(&"[afgeschermd]") {
            WITHHELD
        } else {
            ABSENT
        }
    }

    fn json(&self, def: &FieldDef, value: &str) -> &'static str {
        let Some(record) = self
            .json
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["id"] == self.cast.full.to_string())
        else {
            return ABSENT;
        };
        if record["fields"][def.id]["value"] == value || record["notes"].to_string().contains(value)
        {
            OPEN
        } else if record["fields"][def.id].get("withheld").is_some() {
            WITHHELD
        } else {
            ABSENT
        }
    }
}

async fn export(practice: &Practice, format: Kind) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("uit");
    let plan = ExportPlan {
        kinds: Vec::new(),
        ids: None,
        fields: None,
        format,
    };
    practice
        .export_dossiers(&path, &plan, &|_| (), &|| false)
        .await
        .unwrap();
    std::fs::read_to_string(path).unwrap()
}

/// What the bin says of the full dossier while it lies there.
async fn bin_name(cast: &Cast, practice: &Practice) -> String {
    match practice.bin_dossier(cast.full).await {
        Ok(()) => {}
        Err(Error::NotFound) => return String::new(),
        Err(error) => panic!("{error:?}"),
    }
    let names = practice
        .bin()
        .await
        .unwrap()
        .iter()
        .map(|item| item.name.to_string())
        .collect();
    practice.restore_dossier(cast.full).await.unwrap();
    names
}
