//! Consents, grounds, forms, and handing over the computer to have one signed.

use crate::{
    dto::{
        ConsentRequest, ConsentText, Consents, FilledForm, FormInfo, GroundInfo, InkPoint,
        NewGround,
    },
    failure::{Answer, Failure, id},
    files,
    handed::HandedOver,
    session::people,
    state::Shell,
    window,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::consent::{Request, Signature, Signed, Withdrawing};
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// The consents and grounds of a dossier; it is logged as opened, unless it lies open.
#[tauri::command]
#[specta::specta]
pub async fn consents(shell: State<'_, Shell>, dossier: String) -> Answer<Consents> {
    let (practice, dossier) = (shell.practice().await?, id(&dossier)?);
    let kept = practice.consents(dossier).await?;
    let kind = practice.reread_dossier(dossier).await?.kind;
    Ok(Consents::new(&kept, kind, &people(&practice).await?))
}

/// The text as it was signed, compared with what the log says was given.
#[tauri::command]
#[specta::specta]
pub async fn consent_text(shell: State<'_, Shell>, consent: String) -> Answer<ConsentText> {
    let practice = shell.practice().await?;
    let kept = practice.consent(id(&consent)?).await?;
    Ok(ConsentText::new(&kept, &people(&practice).await?))
}

/// The consent as it was given; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn consent_paper(shell: State<'_, Shell>, consent: String) -> Answer<String> {
    let practice = shell.practice().await?;
    Ok(STANDARD.encode(&*practice.consent_paper(id(&consent)?).await?))
}

/// File dialog; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_consent_paper(app: AppHandle, consent: String) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, "toestemming.pdf").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    practice.save_paper(&path, &practice.consent_paper(id(&consent)?).await?)?;
    Ok(true)
}

#[tauri::command]
#[specta::specta]
pub async fn forms(shell: State<'_, Shell>) -> Answer<Vec<FormInfo>> {
    let editions = shell.practice().await?.form_editions().await?;
    Ok(FormInfo::all(&editions))
}

/// Makes a new version; former ones stay. Gives its number.
#[tauri::command]
#[specta::specta]
pub async fn edit_form(
    shell: State<'_, Shell>,
    template: String,
    language: String,
    title: String,
    text: String,
) -> Answer<u32> {
    let practice = shell.practice().await?;
    Ok(practice
        .edit_form(&template, &language, &title, &text)
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn ground_kinds() -> Answer<Vec<GroundInfo>> {
    Ok(GroundInfo::all())
}

#[tauri::command]
#[specta::specta]
pub async fn record_ground(
    shell: State<'_, Shell>,
    dossier: String,
    ground: NewGround,
) -> Answer<String> {
    let practice = shell.practice().await?;
    let entry = practice
        .record_ground(id(&dossier)?, &ground.into())
        .await?;
    Ok(entry.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn end_ground(shell: State<'_, Shell>, ground: String) -> Answer<()> {
    Ok(shell.practice().await?.end_ground(id(&ground)?).await?)
}

/// The form as it would be signed; nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn fill_consent(
    shell: State<'_, Shell>,
    dossier: String,
    request: ConsentRequest,
) -> Answer<FilledForm> {
    let practice = shell.practice().await?;
    let prepared = practice
        .prepare_consent(id(&dossier)?, &asked(request)?)
        .await?;
    Ok(FilledForm::new(&prepared, false))
}

/// The same to be signed by hand; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn form_paper(
    shell: State<'_, Shell>,
    dossier: String,
    request: ConsentRequest,
) -> Answer<String> {
    let practice = shell.practice().await?;
    let prepared = practice
        .prepare_consent(id(&dossier)?, &asked(request)?)
        .await?;
    Ok(STANDARD.encode(&*practice.form_paper(&prepared).await?))
}

/// File dialog; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_form_paper(
    app: AppHandle,
    dossier: String,
    request: ConsentRequest,
) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, "formulier.pdf").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let prepared = practice
        .prepare_consent(id(&dossier)?, &asked(request)?)
        .await?;
    practice.save_paper(&path, &practice.form_paper(&prepared).await?)?;
    Ok(true)
}

/// Keeps a consent given on paper (scan: a document of this dossier) or said (note). shown: the text on the page.
#[tauri::command]
#[specta::specta]
pub async fn give_consent(
    shell: State<'_, Shell>,
    dossier: String,
    request: ConsentRequest,
    shown: String,
    scan: Option<String>,
    note: String,
) -> Answer<String> {
    let shown = Zeroizing::new(shown);
    let practice = shell.practice().await?;
    let prepared = practice
        .prepare_consent(id(&dossier)?, &asked(request)?)
        .await?;
    prepared.refuse_unlike(&shown)?;
    let signed = match scan {
        Some(scan) => Signed::Paper(id(&scan)?),
        None => Signed::Oral(note),
    };
    Ok(practice.give_consent(&prepared, signed).await?.to_string())
}

/// Gives the special fields that hold something and have no ground any more.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_consent(
    shell: State<'_, Shell>,
    consent: String,
    by: Option<String>,
    written: bool,
    note: String,
) -> Answer<Vec<String>> {
    let how = Withdrawing {
        by: by.as_deref().map(id).transpose()?,
        written,
        note,
    };
    let practice = shell.practice().await?;
    let withdrawn = practice.withdraw_consent(id(&consent)?, &how).await?;
    Ok(withdrawn.left.into_iter().map(str::to_owned).collect())
}

/// From here on nothing is answered but what signing this form needs, until take_back.
#[tauri::command]
#[specta::specta]
pub async fn hand_over(
    app: AppHandle,
    shell: State<'_, Shell>,
    dossier: String,
    request: ConsentRequest,
) -> Answer<FilledForm> {
    let practice = shell.practice().await?;
    let prepared = practice
        .prepare_consent(id(&dossier)?, &asked(request)?)
        .await?;
    practice.note_handed_over(prepared.dossier).await?;
    let form = FilledForm::new(&prepared, false);
    shell.outside.close_all();
    shell.small().handed = Some(HandedOver {
        prepared,
        signed: false,
    });
    window::fill_screen(&app, true);
    Ok(form)
}

/// The form that the computer was handed over with; null when it was not.
#[tauri::command]
#[specta::specta]
pub async fn handed_over(shell: State<'_, Shell>) -> Answer<Option<FilledForm>> {
    let small = shell.small();
    let form = |one: &HandedOver| FilledForm::new(&one.prepared, one.signed);
    Ok(small.handed.as_ref().map(form))
}

/// Signs the form that was handed over. shown: the text as it stands on the screen; it must be the one that is kept.
#[tauri::command]
#[specta::specta]
pub async fn sign_consent(
    shell: State<'_, Shell>,
    strokes: Vec<Vec<InkPoint>>,
    shown: String,
) -> Answer<()> {
    let practice = shell.practice().await?;
    let strokes: Vec<_> = strokes
        .into_iter()
        .map(|stroke| stroke.into_iter().map(Into::into).collect())
        .collect();
    let signed = Signed::Drawn {
        signature: Signature::drawn(&strokes)?,
        shown: Zeroizing::new(shown),
    };
    // Once, however often the page asks.
    let prepared = {
        let mut small = shell.small();
        let waiting = small.handed.as_mut().filter(|one| !one.signed);
        let waiting = waiting.ok_or_else(|| Failure::new("not_found"))?;
        waiting.signed = true;
        waiting.prepared.clone()
    };
    let given = practice.give_consent(&prepared, signed).await;
    if given.is_err()
        && let Some(handed) = &mut shell.small().handed
    {
        handed.signed = false;
    }
    given?;
    Ok(())
}

/// Ends the handing over, for whoever is signed in. Wrong passwords are slowed down as at the sign-in.
#[tauri::command]
#[specta::specta]
pub async fn take_back(app: AppHandle, shell: State<'_, Shell>, password: String) -> Answer<()> {
    let password = Zeroizing::new(password);
    let practice = shell.practice().await?;
    practice.take_back(&password).await?;
    shell.small().handed = None;
    window::fill_screen(&app, false);
    Ok(())
}

fn asked(request: ConsentRequest) -> Answer<Request> {
    Ok(Request {
        template: request.template,
        language: request.language,
        purpose: request.purpose,
        scope: request.scope,
        recipient: request.recipient,
        by: request.by.as_deref().map(id).transpose()?,
        on: request.on,
        until: request.until,
    })
}
