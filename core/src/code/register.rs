//! Numbers in registers: nothing but a fixed count of digits, zeros kept.

use super::{CodeError, all_digits, compact, stored_text};

macro_rules! register_number {
    ($(#[$doc:meta])* $name:ident, $length:literal, $error:ident) => {
        stored_text!($(#[$doc])* $name);

        impl $name {
            /// Reads the digits; spaces, points and dashes in between do not count.
            ///
            /// # Errors
            #[doc = concat!("[`CodeError::", stringify!($error), "`].")]
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                let digits = compact(text);
                if all_digits(&digits) && digits.len() == $length { Ok(Self(digits)) } else { Err(CodeError::$error) }
            }
        }
    };
}

register_number!(
    /// Number of a business in the trade register: eight digits.
    Kvk,
    8,
    KvkForm
);
register_number!(
    /// Number of a branch (vestiging) in the trade register: twelve digits.
    Branch,
    12,
    BranchForm
);
register_number!(
    /// Number of a care provider: two digits for the kind, six for the provider.
    Agb,
    8,
    AgbForm
);
register_number!(
    /// Number in the register of care professions (Wet BIG): eleven digits.
    Big,
    11,
    BigForm
);
