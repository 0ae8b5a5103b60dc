use super::super::table::read_table;
use super::*;
use proptest::prelude::*;
use std::cell::Cell as Counter;
use std::path::PathBuf;

const COLUMNS: &[Column<'_>] = &[
    Column {
        id: "surname",
        heading: "Achternaam",
    },
    Column {
        id: "note",
        heading: "Notitie",
    },
];
const KEEP_ON: Watch<'_> = Watch {
    cancelled: &|| false,
    progress: &|_| {},
};

fn record(surname: &str, note: Cell) -> Record {
    Record {
        id: "1".to_owned(),
        kind: "client".to_owned(),
        cells: vec![Cell::Value(surname.to_owned()), note],
        notes: None,
    }
}

fn three() -> Vec<Record> {
    vec![
        record("Berg", Cell::Value("=1+1".to_owned())),
        record("Wit", Cell::Withheld("no_grant")),
        record("Smit", Cell::Empty),
    ]
}

fn write(folder: &Path, kind: Kind, records: Vec<Record>) -> Result<PathBuf, ExportError> {
    let path = folder.join(match kind {
        Kind::Csv => "a.csv",
        Kind::Xlsx => "a.xlsx",
        Kind::Json => "a.json",
    });
    let sheet = Sheet {
        columns: COLUMNS,
        records: records.into_iter(),
    };
    export(&path, kind, sheet, KEEP_ON).map(|_| path)
}

#[test]
fn csv_is_neutralised_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), Kind::Csv, three()).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        text,
        "\u{feff}\"id\";\"kind\";\"Achternaam\";\"Notitie\"\r\n\"1\";\"client\";\"Berg\";\"'=1+1\"\r\n\
         \"1\";\"client\";\"Wit\";\"[afgeschermd]\"\r\n\"1\";\"client\";\"Smit\";\"\"\r\n"
    );
}

#[test]
fn json_tells_withheld_from_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), Kind::Json, three()).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let client = |fields| serde_json::json!({"id": "1", "kind": "client", "fields": fields});
    assert_eq!(
        json,
        serde_json::json!([
            client(serde_json::json!({"surname": {"value": "Berg"}, "note": {"value": "=1+1"}})),
            client(
                serde_json::json!({"surname": {"value": "Wit"}, "note": {"withheld": "no_grant"}})
            ),
            client(serde_json::json!({"surname": {"value": "Smit"}})),
        ])
    );
}

#[test]
fn workbook_has_text_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), Kind::Xlsx, three()).unwrap();
    let table = read_table(&path).unwrap();
    assert_eq!(table.headings, ["id", "kind", "Achternaam", "Notitie"]);
    assert_eq!(table.rows[0].cells[3], "=1+1");
    assert_eq!(table.rows[1].cells[3], WITHHELD);
    let long = Cell::Value("é".repeat(32_768));
    assert_eq!(
        write(folder.path(), Kind::Xlsx, vec![record("x", long)]),
        Err(ExportError::TooLong {
            field: "note".to_owned(),
            row: 1
        })
    );
}

#[test]
fn nothing_is_left_of_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), Kind::Csv, three()).unwrap();
    let before = std::fs::read(&path).unwrap();
    for kind in [Kind::Csv, Kind::Json, Kind::Xlsx] {
        let mut short = record("x", Cell::Empty);
        short.cells.pop();
        let records = vec![record("x", Cell::Empty), short];
        assert_eq!(
            write(folder.path(), kind, records),
            Err(ExportError::Width { row: 2 })
        );
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn cancelling_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Counter::new(0);
    let told = Counter::new(0);
    let cancelled = || asked.replace(asked.get() + 1) > 2;
    let progress = |count| told.set(count);
    let watch = Watch {
        cancelled: &cancelled,
        progress: &progress,
    };
    let sheet = Sheet {
        columns: COLUMNS,
        records: (0..100_000).map(|_| record("x", Cell::Empty)),
    };
    let path = folder.path().join("a.csv");
    assert_eq!(
        export(&path, Kind::Csv, sheet, watch),
        Err(ExportError::Cancelled)
    );
    assert_eq!(told.get(), 3 * STEP);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let mut full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let many = || (0..10).map(|_| record("x", Cell::Empty));
    let sheet = || Sheet {
        columns: COLUMNS,
        records: many(),
    };
    for result in [
        write_csv(&mut full, sheet(), KEEP_ON),
        write_json(&mut full, sheet(), KEEP_ON),
        write_xlsx(&mut full, sheet(), KEEP_ON),
    ] {
        assert_eq!(
            result,
            Err(ExportError::Io(std::io::ErrorKind::StorageFull))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_is_read_back(texts in proptest::collection::vec(any::<String>(), 1..4), odd in "[=+@;,\"'\r\n\t -]{0,8}") {
        let folder = tempfile::tempdir().unwrap();
        let all: Vec<String> = texts.into_iter().chain([odd]).collect();
        let records = all.iter().map(|t| record(t, Cell::Value(t.clone()))).collect();
        let path = write(folder.path(), Kind::Csv, records).unwrap();
        let table = read_table(&path).unwrap();
        prop_assert!(table.uneven.is_empty());
        let read: Vec<&String> = table.rows.iter().map(|row| &row.cells[3]).collect();
        prop_assert_eq!(read, all.iter().collect::<Vec<_>>());
    }
}
