//! What typst may see: the templates, the fonts, and what one paper is made of.

use super::{
    HouseStyle, Language, PaperError, Template,
    fit::fit,
    style::{Picture, is_svg},
};
use crate::time::civil_day;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::LazyLock};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The shipped fonts; their licences lie beside them. That of codes tells 0 from O and 1 from l and I; those of Noto have the
/// letters of one script each.
pub(super) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 8] = [
        include_bytes!("fonts/Inter.ttf"),
        include_bytes!("fonts/SourceSerif4.ttf"),
        include_bytes!("fonts/JetBrainsMono.ttf"),
        include_bytes!("fonts/NotoSansArabic.ttf"),
        include_bytes!("fonts/NotoSansArmenian.ttf"),
        include_bytes!("fonts/NotoSansEthiopic.ttf"),
        include_bytes!("fonts/NotoSansGeorgian.ttf"),
        include_bytes!("fonts/NotoSansHebrew.ttf"),
    ];
    files
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The shipped templates and what they share, by the name of the file.
const SHIPPED: [(&str, &str); 8] = [
    ("letter", include_str!("templates/letter.typ")),
    ("consent", include_str!("templates/consent.typ")),
    ("report", include_str!("templates/report.typ")),
    ("invoice", include_str!("templates/invoice.typ")),
    (
        "recovery_sheet",
        include_str!("templates/recovery_sheet.typ"),
    ),
    ("list", include_str!("templates/list.typ")),
    ("house", include_str!("templates/house.typ")),
    ("words", include_str!("templates/words.typ")),
];

static SOURCES: LazyLock<HashMap<FileId, (&'static str, Source)>> = LazyLock::new(|| {
    let source = |(name, text): (&'static str, &str)| {
        let id = file_id(&format!("{name}.typ"))?;
        Some((id, (name, Source::new(id, text.to_owned()))))
    };
    SHIPPED.into_iter().filter_map(source).collect()
});

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

pub(super) fn shipped(template: Template) -> &'static str {
    let found = SHIPPED.iter().find(|(name, _)| *name == template.word());
    found.map(|(_, text)| *text).unwrap_or_default()
}

/// One paper to be made.
pub(super) struct PaperWorld {
    template: Template,
    main: Source,
    today: Option<Datetime>,
    files: HashMap<FileId, Bytes>,
}

impl PaperWorld {
    pub(super) fn new(
        template: Template,
        data: &Value,
        style: &HouseStyle,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Self, PaperError> {
        let mut files = HashMap::new();
        let mut add = |name: &str, bytes: Bytes| {
            let id = file_id(name).ok_or(PaperError::Data)?;
            files.insert(id, bytes);
            Ok(())
        };
        let mut data = data.clone();
        let (signature, logo) = (take_signature(&mut data)?, style.logo()?);
        let logo_name = logo.as_ref().map_or("", |logo| logo.name);
        let mut paper = json!({
            "language": language.code(),
            "today": civil_day(now).to_string(),
            "style": style_members(style, logo_name),
            "data": data,
        });
        let missing = fit(&mut paper);
        if template.is_exact() && !missing.is_empty() {
            return Err(PaperError::Signs(missing));
        }
        let text = serde_json::to_vec(&paper).map_err(|_| PaperError::Data)?;
        for picture in signature.into_iter().chain(logo) {
            add(picture.name, Bytes::new(picture.bytes))?;
        }
        add("paper.json", Bytes::new(text))?;
        Ok(Self {
            template,
            main: main_source(template, style)?,
            today: super::moment(civil_day(now).and_time(now.time()).and_utc()),
            files,
        })
    }

    /// The file of its template.
    pub(super) fn file(&self) -> &'static str {
        self.template.word()
    }

    /// Where in a template the first of these errors is. Their words are left: they can hold what was printed.
    pub(super) fn place_of(&self, errors: &[SourceDiagnostic]) -> PaperError {
        let places = errors.iter().flat_map(|error| {
            let calls = error.trace.iter().map(|call| DiagSpan::from(call.span));
            std::iter::once(error.span).chain(calls)
        });
        let known: Vec<(bool, &'static str, usize)> =
            places.filter_map(|span| self.line_of(span)).collect();
        // A mistake in a template of the practice's own may come out in what it calls.
        let own = known.iter().find(|(main, ..)| *main).or(known.first());
        own.map_or(
            PaperError::Template {
                file: self.template.word(),
                line: 0,
            },
            |(_, file, line)| PaperError::Template { file, line: *line },
        )
    }

    fn line_of(&self, span: DiagSpan) -> Option<(bool, &'static str, usize)> {
        let (id, range) = match span.get() {
            DiagSpanKind::Number { id, num, sub_range } => {
                (id, self.source(id).ok()?.range(num, sub_range)?)
            }
            DiagSpanKind::Range { id, range } => (id, range),
            DiagSpanKind::Detached => return None,
        };
        let source = self.source(id).ok()?;
        let main = id == self.main.id();
        let name = if main {
            self.template.word()
        } else {
            SOURCES.get(&id)?.0
        };
        Some((main, name, source.lines().byte_to_line(range.start)? + 1))
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        match SOURCES.get(&id) {
            Some((_, source)) => Ok(source.clone()),
            None => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// The shipped template, or the practice's own.
fn main_source(template: Template, style: &HouseStyle) -> Result<Source, PaperError> {
    let id = file_id(&format!("{}.typ", template.word())).ok_or(PaperError::Data)?;
    match (style.templates.get(&template), SOURCES.get(&id)) {
        (Some(own), _) => Ok(Source::new(id, own.clone())),
        (None, Some((_, shipped))) => Ok(shipped.clone()),
        (None, None) => Err(PaperError::Data),
    }
}

fn style_members(style: &HouseStyle, logo: &str) -> Value {
    json!({
        "name": style.name,
        "address": style.address,
        "contact": style.contact,
        "kvk": style.kvk,
        "vat_id": style.vat_id,
        "iban": style.iban,
        "colour": style.colour,
        "logo": logo,
    })
}

/// Takes the drawn signature out of the data, and leaves there the name of its file.
fn take_signature(data: &mut Value) -> Result<Option<Picture>, PaperError> {
    let Some(member) = data.get_mut("signature") else {
        return Ok(None);
    };
    let text = match std::mem::take(member) {
        Value::String(text) if !text.is_empty() => text,
        _ => return Ok(None),
    };
    let bytes = STANDARD.decode(text).map_err(|_| PaperError::Picture)?;
    let name = match &*bytes {
        [0x89, b'P', b'N', b'G', ..] => "signature.png",
        [0xff, 0xd8, 0xff, ..] => "signature.jpg",
        bytes if is_svg(bytes) => "signature.svg",
        _ => return Err(PaperError::Picture),
    };
    *member = Value::from(name);
    Ok(Some(Picture { name, bytes }))
}
