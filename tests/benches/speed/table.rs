//! The table.

use super::run::Figures;

/// What a figure should be, for a number of clients.
enum Target {
    None,
    AtMost(fn(usize) -> Option<f64>),
    AtLeast(f64),
}

use Target::{AtLeast, AtMost, None as Nothing};

struct Line {
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    target: Target,
    wanted: &'static str,
}

const fn line(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    target: Target,
    wanted: &'static str,
) -> Line {
    Line {
        key,
        name,
        unit,
        target,
        wanted,
    }
}

const LINES: &[Line] = &[
    line(
        "first_screen",
        "first screen after sign-in, without the password hash",
        "ms",
        AtMost(|_| Some(200.0)),
        "≤ 200",
    ),
    line(
        "names",
        "unlock until names and fields are found",
        "ms",
        AtMost(|n| (n == 100_000).then_some(1000.0)),
        "≤ 1,000 at 100,000",
    ),
    line(
        "everything",
        "unlock until everything is found",
        "ms",
        AtMost(|n| {
            [(10_000, 400.0), (100_000, 4000.0)]
                .into_iter()
                .find(|(size, _)| *size == n)
                .map(|(_, most)| most)
        }),
        "≤ 400, ≤ 4,000",
    ),
    line("search_p50", "search while typing, p50", "ms", Nothing, ""),
    line(
        "search_p95",
        "search while typing, p95",
        "ms",
        AtMost(|n| Some(if n <= 10_000 { 16.0 } else { 30.0 })),
        "≤ 16, ≤ 30",
    ),
    line(
        "open",
        "open a dossier (logged, durable)",
        "ms",
        AtMost(|_| Some(5.0)),
        "≤ 5",
    ),
    line("save", "save a field (durable)", "ms", Nothing, ""),
    line(
        "save_ratio",
        "… against plain SQLite",
        "×",
        AtMost(|_| Some(1.5)),
        "≤ 1.5",
    ),
    line("import", "import", "rows/s", Nothing, ""),
    line(
        "import_ratio",
        "… against plain SQLite",
        "×",
        AtLeast(1.0 / 3.0),
        "≥ 0.33",
    ),
    line(
        "resort",
        "list sorted again after a change",
        "ms",
        Nothing,
        "",
    ),
    line("scroll", "a page halfway down the list", "ms", Nothing, ""),
    line(
        "memory",
        "resident memory after loading",
        "MiB",
        Nothing,
        "",
    ),
    line("file", "practice on disk", "MiB", Nothing, ""),
];

pub fn print(sizes: &[usize], columns: &[Figures]) {
    let mut head: Vec<String> = vec!["figure".to_owned(), "unit".to_owned()];
    head.extend(
        sizes
            .iter()
            .map(|size| format!("{} clients", thousands(*size as f64))),
    );
    head.push("target".to_owned());
    head.extend(
        sizes
            .windows(2)
            .map(|pair| format!("growth {}→{}", short(pair[0]), short(pair[1]))),
    );
    let mut rows = vec![head];
    for line in LINES {
        let values: Vec<Option<f64>> = columns
            .iter()
            .map(|figures| figures.get(line.key).copied())
            .collect();
        if values.iter().all(Option::is_none) {
            continue;
        }
        let mut row = vec![line.name.to_owned(), line.unit.to_owned()];
        row.extend(values.iter().zip(sizes).map(|(value, size)| {
            value.map_or("–".to_owned(), |value| {
                cell(value, over(line, value, *size))
            })
        }));
        row.push(line.wanted.to_owned());
        row.extend(values.windows(2).map(|pair| match pair {
            [Some(before), Some(after)] if *before > 0.0 => format!("{:.1}", after / before),
            _ => String::new(),
        }));
        rows.push(row);
    }
    write(&rows);
}

fn over(line: &Line, value: f64, size: usize) -> bool {
    match &line.target {
        Nothing => false,
        AtMost(most) => most(size).is_some_and(|most| value > most),
        AtLeast(least) => value < *least,
    }
}

fn cell(value: f64, over: bool) -> String {
    let text = match value {
        value if value >= 100.0 => thousands(value),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    };
    if over { format!("{text} over") } else { text }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn short(size: usize) -> String {
    format!("{}k", size / 1000)
}

/// As Markdown, so that it can be kept.
fn write(rows: &[Vec<String>]) {
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|at| {
            rows.iter()
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| {
                let pad = " ".repeat(width - cell.chars().count());
                if at < 2 {
                    format!("{cell}{pad}")
                } else {
                    format!("{pad}{cell}")
                }
            })
            .collect();
        println!("| {} |", cells.join(" | "));
        if number == 0 {
            let line: Vec<String> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| {
                    if at < 2 {
                        "-".repeat(*width)
                    } else {
                        format!("{}:", "-".repeat(width - 1))
                    }
                })
                .collect();
            println!("| {} |", line.join(" | "));
        }
    }
}
