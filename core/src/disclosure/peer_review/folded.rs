//! A text made alike for searching, with the way back to the original.

use crate::fold::{fold, typed};
use zeroize::Zeroizing;

/// The text in lower case without marks, with one sort of dash and of space, and for each of its bytes the place in the original.
pub(super) struct Folded {
    pub text: Zeroizing<String>,
    from: Vec<usize>,
}

impl Folded {
    pub fn of(original: &str) -> Self {
        let (mut text, mut from) = (Zeroizing::new(String::new()), Vec::new());
        for (at, c) in original.char_indices() {
            if c.is_ascii() {
                from.push(at);
                text.push(c.to_ascii_lowercase());
                continue;
            }
            let mut one = [0; 4];
            let folded = fold(&typed(c.encode_utf8(&mut one)));
            from.extend(std::iter::repeat_n(at, folded.len()));
            text.push_str(&folded);
        }
        from.push(original.len());
        Self { text, from }
    }

    /// From where to where in the original; marks that were folded away belong to the letter before.
    pub fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |byte: usize| self.from.get(byte).copied().unwrap_or(0);
        (at(start), at(end))
    }
}
