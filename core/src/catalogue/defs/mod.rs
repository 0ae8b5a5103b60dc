//! The declarations themselves, one file per family of fields, and the vocabulary they share.
//!
//! Purposes and retention rules are ids too: the texts people read are translations of them.

mod consent;
mod contact;
mod disclosure;
mod documents;
mod employment;
mod guidance;
mod health;
mod identity;
mod kind;
mod money;
mod relation;
mod special;
mod work;

pub(super) use kind::KINDS;

use super::{FieldDef, Level, Protection, Role};

const GROUPS: &[&[FieldDef]] = &[
    identity::FIELDS,
    relation::FIELDS,
    contact::FIELDS,
    work::FIELDS,
    employment::FIELDS,
    guidance::FIELDS,
    documents::FIELDS,
    disclosure::FIELDS,
    consent::FIELDS,
    money::FIELDS,
    health::FIELDS,
    special::FIELDS,
];

const COUNT: usize = count(GROUPS);

pub(super) static FIELDS: &[FieldDef] = &gather::<COUNT>(GROUPS);

const fn count(groups: &[&[FieldDef]]) -> usize {
    let (mut sum, mut g) = (0, 0);
    while g < groups.len() {
        sum += groups[g].len();
        g += 1;
    }
    sum
}

/// The groups one after the other. Starts from copies of the first field, because a constant must be whole at once.
const fn gather<const N: usize>(groups: &[&[FieldDef]]) -> [FieldDef; N] {
    let mut all = [groups[0][0]; N];
    let (mut at, mut g) = (0, 0);
    while g < groups.len() {
        let mut i = 0;
        while i < groups[g].len() {
            all[at] = groups[g][i];
            at += 1;
            i += 1;
        }
        g += 1;
    }
    all
}

// Purposes.
const KNOW: &str = "know_the_person";
const REACH: &str = "reach_the_person";
const GUIDE: &str = "guide_the_person";
const ACCOUNT: &str = "account_to_commissioner";
const DEAL: &str = "deal_with_the_organisation";
const CARRY_OUT: &str = "carry_out_the_agreement";
const EMPLOY: &str = "employ_the_person";
const PAY: &str = "pay_and_bill";
const STATUTORY: &str = "statutory_identification";
/// Requests for information and what became of them.
const ACCOUNT_FOR_DISCLOSURE: &str = "account_for_disclosure";
const TREAT: &str = "medical_guidance";
const ON_GROUND: &str = "only_on_recorded_ground";
const PROVE: &str = "prove_consent";
const HEAR: &str = "respect_the_rights_of_the_person";

// Legal grounds.
/// Needed for the agreement with the person.
const CONTRACT: &str = "AVG 6(1)(b)";
/// Needed for a legitimate interest of the practice.
const INTEREST: &str = "AVG 6(1)(f)";
/// The person agreed.
const CONSENT: &str = "AVG 6(1)(a)";
/// A statute says so; the only ground for a citizen service number.
const STATUTE: &str = "AVG 6(1)(c), UAVG 46";
/// Accountability: who was told what, for the notifications of art. 19.
const ACCOUNTABILITY: &str = "AVG 6(1)(c), 5(2), 19";
/// An obligation to know who somebody is.
const IDENTIFY: &str = "AVG 6(1)(c)";
/// Care, or guidance of workers, under professional secrecy.
const CARE: &str = "AVG 9(2)(h), UAVG 30(3)";
/// Explicit consent to a special category.
pub(super) const EXPLICIT: &str = "AVG 9(2)(a), UAVG 22";
/// Who relies on consent must be able to show it.
const PROOF: &str = "AVG 7(1)";
/// The person may add to what is kept.
const OWN_VIEW: &str = "AVG 16";
/// Criminal data.
pub(super) const CRIMINAL: &str = "AVG 10, UAVG 32";

// Retention rules.
/// As long as the dossier itself, by its kind.
const DOSSIER: &str = "dossier";
/// 7:454 BW.
const MEDICAL: &str = "medical";
/// AWR 52.
const PAYROLL: &str = "payroll";
/// AWR 52: seven years after the year of the invoice.
const INVOICE: &str = "invoice";
/// Of a copy of an identity document, from the exit on.
const ID_COPY: &str = "id_copy";
/// No longer than the ground it rests on.
const WITH_GROUND: &str = "ground";

// Default grants of protected fields. A role that is not named has none.
/// The coach's own work.
const COACH: Protection = Protection::Protected(&[(Role::Coach, Level::Edit)]);
/// Needed for the administration as well.
const OFFICE: Protection = Protection::Protected(&[
    (Role::Administrator, Level::Edit),
    (Role::Coach, Level::Edit),
]);
/// What is told to others about somebody: whoever guides the person, and the physician.
const REPORTED: Protection =
    Protection::Protected(&[(Role::Coach, Level::Edit), (Role::Physician, Level::Edit)]);
