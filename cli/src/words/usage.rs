//! What was not well asked, as sentences. `{name}` stands for a parameter of the failure.

use super::Words;

/// Usage, by reason. Nothing was done.
pub const USAGE: &[Words] = &[
    (
        "who",
        "Wie meldt zich aan? Er is niets gewijzigd. Geef --as GEBRUIKER.",
        "Who signs in? Nothing was changed. Give --as USER.",
    ),
    (
        "password_file",
        "Het bestand met het wachtwoord of de code is niet te lezen. Er is niets gewijzigd. Controleer het pad.",
        "The file with the password or code cannot be read. Nothing was changed. Check the path.",
    ),
    (
        "no_terminal",
        "Er is geen terminal om een wachtwoord of code te vragen. Er is niets gewijzigd. Geef een bestand: --password-file, of de optie op -file van deze opdracht (zie --help).",
        "There is no terminal to ask a password or code. Nothing was changed. Give a file: --password-file, or the option of this command that ends in -file (see --help).",
    ),
    (
        "passwords_differ",
        "De twee wachtwoorden zijn niet gelijk. Er is niets gewijzigd. Probeer het opnieuw.",
        "The two passwords differ. Nothing was changed. Try again.",
    ),
    (
        "file_exists",
        "Dat bestand bestaat al. Er is niets geschreven. Kies een andere naam, of vervang het met --force.",
        "That file exists already. Nothing was written. Choose another name, or replace it with --force.",
    ),
    (
        "two_shares",
        "Er zijn precies twee hersteldelen nodig. Er is niets gewijzigd. Geef --share BESTAND twee keer.",
        "Exactly two recovery shares are needed. Nothing was changed. Give --share FILE twice.",
    ),
    (
        "exists",
        "Het bestand dat geschreven moet worden bestaat al. Er is niets gewijzigd. Kies een andere naam.",
        "The file to be written exists already. Nothing was changed. Choose another name.",
    ),
    (
        "recipient",
        "Dit is geen ontvanger van age; die begint met age1. Er is niets geschreven.",
        "This is no age recipient; those begin with age1. Nothing was written.",
    ),
    (
        "approved",
        "Dit is geen kopie uit --preview --json. Er is niets geschreven.",
        "This is no copy from --preview --json. Nothing was written.",
    ),
    (
        "sheet_folder",
        "De map voor het herstelblad bestaat niet. Er is niets gewijzigd. Kies een andere plek.",
        "The folder for the recovery sheet does not exist. Nothing was changed. Choose another place.",
    ),
    (
        "work",
        "Dit is geen hoeveelheid werk. Er is niets gewijzigd. Geef een getal van 1 tot en met 22.",
        "This is no amount of work. Nothing was changed. Give a number from 1 to 22.",
    ),
    (
        "unknown_kind",
        "Dat soort dossier bestaat niet. Er is niets gewijzigd. Kies uit: {known}.",
        "There is no such kind of dossier. Nothing was changed. Choose from: {known}.",
    ),
    (
        "unknown_field",
        "Een veld {field} bestaat hier niet. Er is niets gewijzigd. Kies uit: {known}.",
        "There is no field {field} here. Nothing was changed. Choose from: {known}.",
    ),
    (
        "unknown_field_near",
        "Een veld {field} bestaat hier niet. Er is niets gewijzigd. Bedoelt u {near}? Alle velden: kluis fields.",
        "There is no field {field} here. Nothing was changed. Do you mean {near}? All fields: kluis fields.",
    ),
    (
        "entry_list",
        "{field} is een lijst en geen enkele waarde. Er is niets gewijzigd. Voeg er iets aan toe met kluis note --field {field}.",
        "{field} is a list and not one value. Nothing was changed. Add to it with kluis note --field {field}.",
    ),
    (
        "not_entry_list",
        "{field} is geen lijst maar één waarde. Er is niets gewijzigd. Gebruik kluis set.",
        "{field} is one value and not a list. Nothing was changed. Use kluis set.",
    ),
    (
        "field_and_value",
        "Elk veld wordt gegeven als VELD=WAARDE. Er is niets gewijzigd. Schrijf bijvoorbeeld surname=Jansen.",
        "Each field is given as FIELD=VALUE. Nothing was changed. Write for example surname=Jansen.",
    ),
    (
        "invoice_line",
        "Een regel wordt gegeven als OMSCHRIJVING;BEDRAG. Er is niets gewijzigd. Schrijf bijvoorbeeld \"Gesprek;120,00\".",
        "A line is given as DESCRIPTION;AMOUNT. Nothing was changed. Write for example \"Session;120.00\".",
    ),
    (
        "field_twice",
        "{field} is twee keer gegeven. Er is niets gewijzigd. Geef elk veld één keer.",
        "{field} was given twice. Nothing was changed. Give each field once.",
    ),
    (
        "no_fields",
        "Een dossier zonder gegevens wordt niet gemaakt. Er is niets gewijzigd. Geef ten minste een naam: surname=Jansen given_name=Jan.",
        "A dossier without anything in it is not made. Nothing was changed. Give at least a name: surname=Jansen given_name=Jan.",
    ),
    (
        "ambiguous",
        "Deze naam past op meer dan één. Er is niets gewijzigd. Geef het id, dat kluis {what} MAP list noemt.",
        "More than one has this name. Nothing was changed. Give the id that kluis {what} DIR list shows.",
    ),
    (
        "unknown_argument",
        "Het argument {argument} is niet bekend. Er is niets gedaan.",
        "The argument {argument} is not known. Nothing was done.",
    ),
    (
        "unknown_verb",
        "Deze opdracht bestaat niet. Er is niets gedaan.",
        "There is no such command. Nothing was done.",
    ),
    (
        "missing_argument",
        "Er ontbreekt: {argument}. Er is niets gedaan.",
        "Missing: {argument}. Nothing was done.",
    ),
    (
        "missing_verb",
        "Er ontbreekt een opdracht. Er is niets gedaan.",
        "A command is missing. Nothing was done.",
    ),
    (
        "invalid_value",
        "De waarde van {argument} past niet. Er is niets gedaan.",
        "The value of {argument} does not fit. Nothing was done.",
    ),
    (
        "invalid_choice",
        "De waarde van {argument} is geen van de keuzes. Er is niets gedaan. Kies uit: {known}.",
        "The value of {argument} is none of the choices. Nothing was done. Choose from: {known}.",
    ),
    (
        "conflict",
        "{argument} gaat niet samen met iets anders dat u gaf. Er is niets gedaan.",
        "{argument} does not go with something else that you gave. Nothing was done.",
    ),
    (
        "syntax",
        "Deze opdracht is niet goed geschreven. Er is niets gedaan.",
        "This command is not well written. Nothing was done.",
    ),
];
