//! Choices: an id of a fixed list, or a common Dutch or English word for it.

use super::CodeError;
use crate::fold::fold;

/// Folded words, without points, and the id each stands for. A word counts only where its id is among the choices.
const WORDS: &[(&str, &str)] = &[
    ("mevrouw", "mrs"),
    ("mevr", "mrs"),
    ("mw", "mrs"),
    ("ms", "mrs"),
    ("miss", "mrs"),
    ("meneer", "mr"),
    ("heer", "mr"),
    ("de heer", "mr"),
    ("dhr", "mr"),
    ("hr", "mr"),
    ("neutraal", "neutral"),
    ("vrouw", "female"),
    ("v", "female"),
    ("f", "female"),
    ("woman", "female"),
    ("man", "male"),
    ("m", "male"),
    ("x", "other"),
    ("anders", "other"),
    ("overig", "other"),
    ("onbekend", "unknown"),
    ("gepland", "planned"),
    ("lopend", "running"),
    ("actief", "running"),
    ("active", "running"),
    ("gepauzeerd", "paused"),
    ("on hold", "paused"),
    ("afgerond", "finished"),
    ("gereed", "finished"),
    ("completed", "finished"),
    ("gestopt", "stopped"),
    ("afgebroken", "stopped"),
    ("vast", "permanent"),
    ("onbepaalde tijd", "permanent"),
    ("tijdelijk", "temporary"),
    ("bepaalde tijd", "temporary"),
    ("oproep", "on_call"),
    ("oproepkracht", "on_call"),
    ("on call", "on_call"),
    ("uitzend", "agency"),
    ("uitzendkracht", "agency"),
    ("vrijwilliger", "volunteer"),
    ("ja", "wanted"),
    ("yes", "wanted"),
    ("nee", "refused"),
    ("no", "refused"),
    ("geweigerd", "refused"),
    ("uitgeschreven", "refused"),
    ("ja", "no_further_contact"),
    ("yes", "no_further_contact"),
    ("nee", "contact_welcome"),
    ("no", "contact_welcome"),
];

/// The id that the text is, or means.
pub(super) fn choose(text: &str, ids: &[&'static str]) -> Result<&'static str, CodeError> {
    let said = fold(text.trim()).replace('.', "");
    let meant = WORDS
        .iter()
        .filter(|(word, _)| *word == said)
        .map(|(_, id)| *id);
    let mut candidates = std::iter::once(said.as_str()).chain(meant);
    candidates
        .find_map(|said| ids.iter().find(|id| **id == said))
        .copied()
        .ok_or(CodeError::ChoiceUnknown)
}
