//! Why a value is refused or withheld, and other single words of the program.

use super::Words;

/// Why a value was refused.
pub const REFUSED: &[Words] = &[
    (
        "no_backup_key",
        "Geen enkel herstelblad opent nog back-ups: laat een beheerder een nieuw herstelblad maken.",
        "No recovery sheet opens backups yet: let an administrator make a new one.",
    ),
    (
        "no_folder",
        "De map voor back-ups is er niet: kies er een, of sluit de schijf of stick aan.",
        "The folder for backups is not there: choose one, or connect the drive or stick.",
    ),
    (
        "not_in_backup",
        "U had toen deze back-up werd gemaakt nog geen of een ander account: laat een collega van toen dit proberen.",
        "You had no account, or another one, when this backup was made: let a colleague of that time try it.",
    ),
    (
        "another_practice",
        "De back-up is van een andere praktijk.",
        "The backup is of another practice.",
    ),
    (
        "empty",
        "Hier moet iets staan.",
        "Something must stand here.",
    ),
    ("too_long", "Dit is te lang.", "This is too long."),
    (
        "form",
        "Dit heeft niet de goede vorm.",
        "This is not in the right form.",
    ),
    (
        "issued",
        "Een factuur ligt vast zodra hij verstuurd is; maak een creditfactuur met kluis invoice credit.",
        "An invoice is fixed once it was issued; make a credit note with kluis invoice credit.",
    ),
    (
        "credited",
        "Deze factuur is al gecrediteerd.",
        "This invoice was credited already.",
    ),
    (
        "credit",
        "Een creditfactuur kan niet gecrediteerd worden.",
        "A credit note cannot be credited.",
    ),
    (
        "protected_value",
        "Dit is een afgeschermd gegeven; dat mag hier niet op.",
        "This is a protected value; it may not stand here.",
    ),
    (
        "not_reported",
        "Dit gegeven gaat nooit mee in een rapportage.",
        "This field never goes into a report.",
    ),
    (
        "too_light",
        "Deze kleur is te licht om op wit te lezen.",
        "This colour is too light to be read on white.",
    ),
    (
        "too_large",
        "Dit bestand is te groot.",
        "This file is too large.",
    ),
    (
        "not_one_value",
        "Dit is een lijst; voeg er iets aan toe met kluis note.",
        "This is a list; add to it with kluis note.",
    ),
    (
        "bsn_form",
        "Een BSN heeft 8 of 9 cijfers.",
        "A BSN has 8 or 9 digits.",
    ),
    (
        "bsn_check",
        "Dit BSN klopt niet (elfproef); er zit waarschijnlijk een typefout in.",
        "This BSN is not valid (eleven test); there is probably a typing error in it.",
    ),
    (
        "iban_form",
        "Een rekeningnummer ziet eruit als NL91 ABNA 0417 1643 00.",
        "An account number looks like NL91 ABNA 0417 1643 00.",
    ),
    (
        "iban_length",
        "Dit rekeningnummer is te lang of te kort.",
        "This account number is too long or too short.",
    ),
    (
        "iban_check",
        "Dit rekeningnummer klopt niet; er zit waarschijnlijk een typefout in.",
        "This account number is not valid; there is probably a typing error in it.",
    ),
    (
        "postcode_form",
        "Een postcode ziet eruit als 1234 AB; geef bij een adres in het buitenland ook het land.",
        "A postcode looks like 1234 AB; with an address abroad give the country too.",
    ),
    (
        "vat_form",
        "Een btw-nummer ziet eruit als NL002455799B11.",
        "A VAT number looks like NL002455799B11.",
    ),
    (
        "vat_check",
        "Dit btw-nummer klopt niet.",
        "This VAT number is not valid.",
    ),
    (
        "kvk_form",
        "Een KvK-nummer heeft 8 cijfers.",
        "A Chamber of Commerce number has 8 digits.",
    ),
    (
        "branch_form",
        "Een vestigingsnummer heeft 12 cijfers.",
        "A branch number has 12 digits.",
    ),
    (
        "agb_form",
        "Een AGB-code heeft 8 cijfers.",
        "An AGB code has 8 digits.",
    ),
    (
        "big_form",
        "Een BIG-nummer heeft 11 cijfers.",
        "A BIG number has 11 digits.",
    ),
    (
        "id_document_form",
        "Dit is geen documentnummer, bijvoorbeeld SPECI2014.",
        "This is no document number, for example SPECI2014.",
    ),
    (
        "phone_form",
        "Dit is geen telefoonnummer, bijvoorbeeld 06-12345678.",
        "This is no telephone number, for example 06-12345678.",
    ),
    (
        "email_form",
        "Dit is geen e-mailadres, bijvoorbeeld naam@voorbeeld.nl.",
        "This is no e-mail address, for example name@example.org.",
    ),
    (
        "url_form",
        "Dit is geen webadres, bijvoorbeeld https://voorbeeld.nl.",
        "This is no web address, for example https://example.org.",
    ),
    (
        "date_form",
        "Geef een datum als dd-mm-jjjj.",
        "Give a date as dd-mm-yyyy.",
    ),
    (
        "date_impossible",
        "Deze datum bestaat niet.",
        "This date does not exist.",
    ),
    (
        "date_future",
        "Deze geboortedatum ligt in de toekomst.",
        "This date of birth lies in the future.",
    ),
    (
        "date_past",
        "Deze geboortedatum ligt te ver terug.",
        "This date of birth is too long ago.",
    ),
    (
        "money_form",
        "Dit is geen bedrag, bijvoorbeeld 1.234,56.",
        "This is no amount, for example 1.234,56.",
    ),
    ("number_form", "Dit is geen getal.", "This is no number."),
    (
        "negative",
        "Dit kan niet minder dan nul zijn.",
        "This cannot be less than zero.",
    ),
    (
        "country_unknown",
        "Dit land is niet bekend; geef de naam of de tweelettercode.",
        "This country is not known; give its name or two-letter code.",
    ),
    (
        "choice_unknown",
        "Dit is geen van de keuzes; kluis fields en --help van deze opdracht noemen ze.",
        "This is none of the choices; kluis fields and --help of this command list them.",
    ),
    (
        "choice",
        "Dit is geen van de keuzes; --help van deze opdracht noemt ze.",
        "This is none of the choices; --help of this command lists them.",
    ),
    (
        "picture_form",
        "Dit is geen foto in PNG of JPEG.",
        "This is no picture in PNG or JPEG.",
    ),
    (
        "picture_too_large",
        "Deze foto is groter dan een halve MB.",
        "This picture is larger than half a MB.",
    ),
    (
        "parent",
        "Dat hoofddoel bestaat niet.",
        "There is no such main goal.",
    ),
    (
        "ends_before_it_begins",
        "De einddatum ligt voor de begindatum.",
        "The end date lies before the start date.",
    ),
    (
        "dossier",
        "Dit is geen dossier; geef het id dat kluis list noemt.",
        "This is no dossier; give the id that kluis list shows.",
    ),
    (
        "not_for_this_kind",
        "In een kluis liggen alleen medewerkers.",
        "A vault holds employees alone.",
    ),
    (
        "circle_of_everybody",
        "Dit soort dossier is voor de hele praktijk; geef met --circle de kring van iedereen, die kluis circle list noemt.",
        "This kind of dossier is for the whole practice; give with --circle the circle of everybody that kluis circle list shows.",
    ),
    (
        "no_medical_for_role",
        "Wie coach of beheerder is, krijgt geen medische sleutels.",
        "Whoever is a coach or an administrator gets no medical keys.",
    ),
    (
        "lent",
        "Een collega neemt dit dossier waar; het gaat pas ergens anders heen als dat is afgelopen (kluis stand-in).",
        "A colleague stands in with this dossier; it goes nowhere else until that is over (kluis stand-in).",
    ),
    (
        "cannot_stand_in",
        "Alleen een collega die meedoet kan waarnemen.",
        "Only a colleague who has joined can stand in.",
    ),
    (
        "in_circle",
        "Deze collega heeft dit dossier al, door de kring waarin het ligt.",
        "This colleague has this dossier already, by the circle that it lies in.",
    ),
    (
        "more_than_a_year",
        "Een waarneming duurt ten hoogste een jaar.",
        "Nobody stands in for more than a year.",
    ),
    (
        "past",
        "Deze dag is al voorbij.",
        "That day is over already.",
    ),
    (
        "statement_missing",
        "Voor afgeleid beroepsgeheim is eerst een getekende verklaring nodig (kluis user statement).",
        "Derived secrecy needs a signed statement first (kluis user statement).",
    ),
    (
        "uneven",
        "Deze rij heeft niet evenveel kolommen als de kopregel; kijk naar aanhalingstekens en scheidingstekens.",
        "This row has not as many columns as the headings; look at its quotes and delimiters.",
    ),
    (
        "json_only",
        "Deze lijst kan alleen mee in een JSON-bestand; kies --format json of laat haar weg.",
        "This list leaves in JSON alone; choose --format json or leave it out.",
    ),
    (
        "share_form",
        "Een van deze hersteldelen is niet goed overgenomen. Neem de code opnieuw over.",
        "One of these recovery shares was not copied well. Copy the code again.",
    ),
    (
        "same_share",
        "Dit is twee keer hetzelfde hersteldeel. Neem er een ander deel bij.",
        "This is the same recovery share twice. Take another share with it.",
    ),
    (
        "other_split",
        "Deze twee hersteldelen horen niet bij elkaar. Kijk op de bladen naar de naam en de datum.",
        "These two recovery shares do not belong together. Look at the name and the date on the sheets.",
    ),
    (
        "former_share",
        "Deze hersteldelen zijn vervangen, of van een ander account. Neem de delen die het laatst gemaakt zijn.",
        "These recovery shares were replaced, or are another account's. Take those that were made last.",
    ),
    (
        "no_split",
        "Voor dit account zijn geen hersteldelen gemaakt. Gebruik het herstelblad.",
        "No recovery shares were made for this account. Use the recovery sheet.",
    ),
    (
        "in_order",
        "Het sleutelbestand is in orde; er is niets op te bouwen.",
        "The key file is in order; there is nothing to put together.",
    ),
    (
        "name_differs",
        "Dit is niet de naam van de praktijk. Typ die precies over.",
        "This is not the name of the practice. Type it exactly.",
    ),
    (
        "no_backup",
        "Er is nog geen gecontroleerde back-up. Maak die eerst.",
        "There is no verified backup yet. Make one first.",
    ),
    (
        "backup_older",
        "Na de laatste gecontroleerde back-up is er nog gewerkt. Maak eerst een nieuwe.",
        "Work was done after the last verified backup. Make a new one first.",
    ),
    (
        "name_taken",
        "Deze naam bestaat al; kies een andere.",
        "This name exists already; choose another.",
    ),
    (
        "same_password",
        "Dit is het huidige wachtwoord; kies een ander.",
        "This is the present password; choose another.",
    ),
    (
        "in_bin",
        "Het dossier ligt in de prullenbak; zet het eerst terug in het venster.",
        "The dossier lies in the bin; put it back in the window first.",
    ),
    (
        "last_member",
        "Dit is de laatste in de kring; zet er eerst iemand anders bij.",
        "This is the last one in the circle; add somebody else first.",
    ),
    (
        "last_holder",
        "Niemand anders heeft deze sleutel; geef hem eerst aan iemand anders.",
        "Nobody else has this key; give it to somebody else first.",
    ),
    (
        "fixed_circle",
        "Wie in deze kring zit, ligt vast; maak een kring met kluis circle new.",
        "Who is in this circle is fixed; make one with kluis circle new.",
    ),
    (
        "not_protected",
        "Dit veld is open: iedereen in de kring ziet het; bescherm het eerst met kluis grant protect.",
        "This field is open: everybody in the circle sees it; protect it first with kluis grant protect.",
    ),
    (
        "out_of_range",
        "Dit getal is te klein of te groot.",
        "This number is too small or too large.",
    ),
    (
        "has_joined",
        "Deze collega heeft zich al aangemeld; een uitnodiging is niet meer nodig.",
        "This colleague has signed in already; no invitation is needed any more.",
    ),
    (
        "not_of_health",
        "Deze tekst lijkt over gezondheid te gaan, en dat is niet voor deze ontvanger. Schrijf het anders; er is niets verstuurd.",
        "This text seems to be about health, which is not for this recipient. Put it differently; nothing was sent.",
    ),
    (
        "medical_words",
        "In deze tekst lijken medische woorden te staan. Een werkgever mag die niet bewaren; er is niets bewaard. Toch nodig: --confirm.",
        "There seem to be medical words in this text. An employer may not keep them; nothing was kept. Needed all the same: --confirm.",
    ),
    (
        "bsn_in_text",
        "In deze tekst lijkt een BSN te staan; er is niets bewaard. Zet het in het veld bsn, of herhaal met --confirm.",
        "There seems to be a BSN in this text; nothing was kept. Put it in the field bsn, or repeat with --confirm.",
    ),
    (
        "no_profile",
        "Deze vrager en dit doel gaan niet samen.",
        "This asker and this purpose do not go together.",
    ),
    (
        "in_future",
        "Deze datum ligt in de toekomst.",
        "This date is in the future.",
    ),
    (
        "four_answers",
        "Beantwoord elk van de vier vragen eenmaal.",
        "Answer each of the four questions once.",
    ),
    (
        "answered_otherwise",
        "De vier antwoorden zeggen iets anders: noem als reden een grond die er volgens die antwoorden is.",
        "The four answers say otherwise: give as the reason a ground that there is by those answers.",
    ),
    (
        "consent_stands",
        "Er is toestemming, of de betrokkene vraagt het zelf: dit kan de reden niet zijn.",
        "There is a consent, or the person asks: this cannot be the reason.",
    ),
    (
        "decided",
        "Over deze vraag is al beslist.",
        "This request was decided already.",
    ),
    (
        "past_term",
        "Op de vraag van de betrokkene zelf antwoordt u binnen een maand (AVG art. 12 lid 3).",
        "A request of the person concerned is answered within a month (GDPR art. 12(3)).",
    ),
    (
        "signed_paper",
        "Op dit papier is een toestemming getekend; het blijft bij het dossier.",
        "A consent was signed on this paper; it stays with the dossier.",
    ),
    (
        "registered",
        "Dit staat in het register van verstrekkingen en blijft daar.",
        "This stands in the register of disclosures, and stays there.",
    ),
    (
        "changed_since_preview",
        "Het dossier is veranderd sinds u dit zag. Bekijk het opnieuw.",
        "The dossier has changed since you saw this. Look at it again.",
    ),
    (
        "not_for_this_profile",
        "Dit soort brief heeft geen toelichting in woorden.",
        "This kind of letter has no result in words.",
    ),
    (
        "identifier",
        "Hierin staat een nummer of adres dat niet voor deze ontvanger is.",
        "This holds a number or an address that is not for this recipient.",
    ),
    (
        "not_consented",
        "Daar gaat de toestemming niet over.",
        "The consent is not about this.",
    ),
    (
        "other_field",
        "Hierin staat iets uit een veld dat niet voor deze ontvanger is.",
        "This repeats a field that is not for this recipient.",
    ),
    (
        "unknown_field",
        "Dit veld bestaat niet.",
        "There is no such field.",
    ),
    (
        "trace_name",
        "Er staat nog een naam in.",
        "There is still a name in it.",
    ),
    (
        "trace_place",
        "Er staat nog een plaats of adres in.",
        "There is still a place or an address in it.",
    ),
    (
        "trace_organisation",
        "Er staat nog een organisatie in.",
        "There is still an organisation in it.",
    ),
    (
        "trace_number",
        "Er staat nog een nummer in.",
        "There is still a number in it.",
    ),
    (
        "trace_net",
        "Er staat nog een e-mailadres of webadres in.",
        "There is still an e-mail or web address in it.",
    ),
    (
        "trace_day",
        "Er staat nog een echte datum of weekdag in.",
        "There is still a real date or a day of the week in it.",
    ),
    (
        "not_answered",
        "Over deze vraag is nog niet (of anders) beslist; beantwoord haar eerst.",
        "This request is not answered (yet); answer it first.",
    ),
    (
        "sent_already",
        "Dit pakket is al gemaakt.",
        "This package was made already.",
    ),
    (
        "not_for_you",
        "Dit pakket is niet voor u gemaakt, of het heeft een wachtwoord (--package-password-file).",
        "This package was not made for you, or it has a password (--package-password-file).",
    ),
    (
        "package_form",
        "Dit is geen pakket van Dossierkluis, of het is beschadigd. Er is niets overgenomen.",
        "This is no package of Dossierkluis, or it is damaged. Nothing was taken in.",
    ),
    (
        "package_newer",
        "Dit pakket heeft een vorm die deze versie niet kent. Er is niets overgenomen.",
        "This package has a form that this version does not know. Nothing was taken in.",
    ),
    (
        "package_digest",
        "De inhoud van dit pakket is niet wat het zegt te zijn. Er is niets overgenomen.",
        "The content of this package is not what it says. Nothing was taken in.",
    ),
    (
        "package_path",
        "In dit pakket zit een bestand dat er niet hoort. Er is niets overgenomen.",
        "This package has a file in it that does not belong there. Nothing was taken in.",
    ),
    (
        "package_size",
        "Dit pakket pakt groter uit dan kan kloppen. Er is niets overgenomen.",
        "This package unpacks to more than can be right. Nothing was taken in.",
    ),
    (
        "ground_ended",
        "Een toestemming of grond waarop iets in dit pakket rust, is intussen beëindigd. Er is niets meegegaan. Maak het pakket opnieuw.",
        "A consent or ground on which something in this package rests has ended meanwhile. Nothing went. Make the package again.",
    ),
    (
        "package_consent",
        "Een toestemming of grond in dit pakket kan zo niet gegeven zijn. Er is niets overgenomen.",
        "A consent or ground in this package cannot have been given like that. Nothing was taken in.",
    ),
    (
        "from_elsewhere",
        "Een andere praktijk heeft dit verzoek behandeld. De brief en de beslissing liggen daar.",
        "Another practice handled this request. The letter and the decision lie there.",
    ),
    (
        "already_here",
        "Een van deze dossiers is hier al. Er is niets overgenomen.",
        "One of these dossiers is here already. Nothing was taken in.",
    ),
    (
        "vault_needed",
        "Een medewerker ligt in een kluis. Noem de kluis met --vault en --vault-password-file.",
        "An employee lies in a vault. Name the vault with --vault and --vault-password-file.",
    ),
    (
        "not_the_compartment",
        "Deze kluis is de medische; daarin liggen geen medewerkers om mee te geven.",
        "This vault is the medical one; no employees lie in it to be taken out.",
    ),
    (
        "hand_over_first",
        "Deze collega beheert de kluis. Draag de kluis eerst over (kluis vault hand-over).",
        "This colleague keeps the vault. Hand it over first (kluis vault hand-over).",
    ),
    (
        "not_a_member",
        "Deze collega mag deze kluis niet openen. Voeg de collega eerst toe.",
        "This colleague may not open this vault. Add the colleague first.",
    ),
    (
        "not_oneself",
        "Zelf weggaan kan niet. Laat een ander lid van de kluis dat doen.",
        "You cannot remove yourself. Let another member of the vault do it.",
    ),
    (
        "same_as_login",
        "Dit is het wachtwoord waarmee u zich aanmeldt. Kies voor de kluis een ander.",
        "This is the password that you sign in with. Choose another one for the vault.",
    ),
    (
        "there_is_one",
        "Er is al een medische kluis; een praktijk heeft er één.",
        "There is a medical compartment already; a practice has one.",
    ),
    (
        "range",
        "Kies een getal van 1 tot en met 60.",
        "Choose a number from 1 to 60.",
    ),
    (
        "needs_every_field",
        "Opnieuw versleutelen kan alleen iemand die alle velden in de kluis mag lezen.",
        "Only somebody who may read every field in the vault can seal it again.",
    ),
    (
        "sealed_by_others",
        "In deze kluis ligt nog iets dat u niet kunt openen. Laat een collega die dat wel kan opnieuw versleutelen.",
        "Something in this vault is not yours to open. Let a colleague who can seal it again.",
    ),
    (
        "id_copy_ground",
        "Een hele kopie van een identiteitsbewijs mag alleen op een wettelijke grond (--ground payroll). Neem anders een afgelakte kopie (--redacted).",
        "A whole copy of an identity document needs a statutory ground (--ground payroll). Otherwise take a blacked-out copy (--redacted).",
    ),
    (
        "id_copy_place",
        "Kopieën van identiteitsbewijzen horen in de lijst id_documents, en niets anders.",
        "Copies of identity documents belong in the list id_documents, and nothing else does.",
    ),
    (
        "link_away",
        "Dit bestand lag bij de praktijk waar het dossier vandaan komt. Vraag het daar op en voeg het hier toe.",
        "This file lay at the practice that the dossier came from. Ask them for it, and add it here.",
    ),
    (
        "too_large_to_show",
        "Dit bestand is te groot om te tonen. Bewaar het op een veilige plek om het te bekijken.",
        "This file is too large to show. Save it in a safe place to look at it.",
    ),
    (
        "ground_missing",
        "Een bijzonder gegeven komt er alleen in met toestemming of een andere grond in het dossier (kluis consent, kluis ground).",
        "Special data come in only on a consent or another ground in the dossier (kluis consent, kluis ground).",
    ),
    (
        "representative_needed",
        "Onder de 16 jaar (bij intrekken: onder de 12) beslist een ouder of voogd. Zet die in de lijst representatives en noem het item met --by.",
        "Under 16 (to withdraw: under 12) a parent or guardian decides. Put them in the list representatives and name the entry with --by.",
    ),
    (
        "decides_alone",
        "Vanaf 16 jaar beslist de persoon zelf, niet een ouder of voogd.",
        "From 16 the person decides, not a parent or guardian.",
    ),
    (
        "authority_over",
        "Deze vertegenwoordiging of machtiging geldt niet op die dag.",
        "This representation or authorisation does not hold on that day.",
    ),
    (
        "needs_signature",
        "Hiervoor is een handtekening nodig: --signature of --scan.",
        "This needs a signature: --signature or --scan.",
    ),
    (
        "must_be_recent",
        "Deze toestemming moet van recente datum zijn; kies een eerdere einddatum.",
        "This consent must be of recent date; choose an earlier last day.",
    ),
    (
        "no_document",
        "Dit is geen document dat in dit dossier zelf bewaard wordt. Voeg het toe met kluis document add.",
        "This is no document that is kept in this dossier itself. Add it with kluis document add.",
    ),
    (
        "text_differs",
        "De getekende tekst is niet de tekst die is klaargezet.",
        "The text that was signed is not the text that was prepared.",
    ),
    (
        "withdrawn_already",
        "Deze toestemming was al ingetrokken.",
        "This consent was withdrawn already.",
    ),
    (
        "ended_already",
        "Deze grond was al beëindigd.",
        "This ground was ended already.",
    ),
    (
        "placeholder_unknown",
        "Er staat iets tussen {{ }} dat een formulier niet kan invullen.",
        "Something stands between {{ }} that a form cannot fill in.",
    ),
    (
        "placeholder_missing",
        "De tekst mist iets dat erin moet staan, zoals {{giver}} of {{scope}}. Kijk met kluis consent MAP template show.",
        "The text lacks something that it must have, such as {{giver}} or {{scope}}. Look with kluis consent DIR template show.",
    ),
    (
        "professional_and_exchange",
        "Noem bij een contact met een andere professional zowel wie (--professional) als welke kant op (--exchange ask of inform).",
        "Of a contact with another professional give both who (--professional) and which way (--exchange ask or inform).",
    ),
    (
        "exchange_is_a_contact",
        "Een contact met een andere professional hoort in de lijst contact_log.",
        "A contact with another professional belongs in the list contact_log.",
    ),
];

/// What a consent or ground is for, and parts of that.
pub const USES: &[Words] = &[
    ("special", "een bijzonder gegeven", "special data"),
    (
        "professional",
        "overleg met een andere professional",
        "consulting another professional",
    ),
    (
        "disclosure",
        "het verstrekken van gegevens",
        "disclosing data",
    ),
    ("newsletter", "de nieuwsbrief", "the newsletter"),
    ("agreement", "de overeenkomst", "the agreement"),
    ("image", "foto of film", "pictures or film"),
    ("ask", "vragen", "asking"),
    ("inform", "informeren", "informing"),
];

/// Why a value is withheld.
pub const WITHHELD: &[Words] = &[
    (
        "no_ground",
        "Er is geen geldige toestemming of andere grond voor.",
        "There is no valid consent or other ground for it.",
    ),
    ("no_grant", "geen recht", "no right"),
    (
        "key_missing",
        "wacht op de sleutel van een collega",
        "waits for the key of a colleague",
    ),
    ("medical", "alleen voor de arts", "for the physician alone"),
    ("masked", "te tonen met --field", "to be shown with --field"),
    (
        "vault_closed",
        "in een kluis die dicht is (--vault)",
        "in a vault that is closed (--vault)",
    ),
    ("in_bin", "ligt in de prullenbak", "lies in the bin"),
    (
        "not_readable",
        "niet voor u te lezen",
        "not for you to read",
    ),
    (
        "not_registrable",
        "u mag in het register ervan niet schrijven",
        "you may not write in its register",
    ),
];

/// What is unusual about a value that was kept.
pub const WARNINGS: &[Words] = &[
    (
        "bsn_in_text",
        "in deze tekst lijkt een BSN te staan; zet dat alleen in het veld bsn",
        "there seems to be a BSN in this text; put it in the field bsn alone",
    ),
    (
        "bsn_ground",
        "bewaar een BSN alleen als de wet dat vraagt",
        "keep a BSN only when the law asks for it",
    ),
    (
        "medical_words",
        "in deze tekst lijken medische woorden te staan; hoort dat hier?",
        "there seem to be medical words in this text; does that belong here?",
    ),
];

/// What became of a request for information.
pub const OUTCOMES: &[Words] = &[
    ("", "te beslissen", "to be decided"),
    ("answered", "beantwoord", "answered"),
    ("partly", "deels beantwoord", "answered in part"),
    ("refused", "geweigerd", "refused"),
];

/// Fields of commands that are no fields of dossiers.
pub const FIELDS: &[Words] = &[
    ("share", "hersteldeel", "recovery share"),
    ("keyring", "sleutelbestand", "key file"),
    ("backup", "back-up", "backup"),
    ("name", "naam", "name"),
    ("password", "wachtwoord", "password"),
    ("dossiers", "dossiers", "dossiers"),
    ("until", "laatste dag", "last day"),
    ("circle", "kring", "circle"),
    ("practice", "praktijk", "practice"),
    ("signed_on", "datum", "date"),
    ("kind", "soort", "kind"),
    ("vault", "gekozen kluis", "chosen vault"),
    ("user", "collega", "colleague"),
    ("minutes", "minuten", "minutes"),
    ("medical", "medische kluis", "medical compartment"),
    ("document", "document", "document"),
    ("ground", "grond", "ground"),
    ("backup_folder", "map voor back-ups", "folder for backups"),
    (
        "backup_hours",
        "uren tussen back-ups",
        "hours between backups",
    ),
    ("backup_kept", "bewaarde back-ups", "backups that are kept"),
    ("present", "huidige praktijk", "present practice"),
    ("by", "wie het geeft", "who gives it"),
    ("on", "datum", "date"),
    ("scope", "waarvoor (--scope)", "what it covers (--scope)"),
    ("recipient", "ontvanger", "recipient"),
    ("purpose", "doel", "purpose"),
    ("reason", "reden", "reason"),
    ("means", "manier", "means"),
    ("note", "toelichting", "note"),
    ("scan", "document", "document"),
    ("signature", "handtekening", "signature"),
    ("consent", "toestemming", "consent"),
    ("text", "tekst", "text"),
    ("title", "titel", "title"),
    ("language", "taal", "language"),
    ("asker", "vrager", "asker"),
    ("address", "adres", "address"),
    ("due", "uiterste dag", "last day"),
    ("from", "eerste dag", "first day"),
    ("colour", "kleur", "colour"),
    ("amount", "bedrag", "amount"),
    ("vat", "btw", "VAT"),
    ("hours", "uren", "hours"),
    ("invoices", "facturen", "invoices"),
    ("disclosures", "verstrekkingen", "disclosures"),
    ("received", "ontvangen", "received"),
    ("answers", "antwoorden", "answers"),
    ("request", "vraag", "request"),
    ("letter", "brief", "letter"),
    ("result", "toelichting", "result"),
    ("explanation", "uitleg", "explanation"),
    (
        "peer_review",
        "kopie voor intervisie",
        "copy for peer review",
    ),
    ("package", "pakket", "package"),
    ("kvk", "KvK-nummer", "trade register number"),
    ("vat_id", "btw-id", "VAT number"),
    ("iban", "rekeningnummer", "bank account"),
];

/// What was not saved whole from a damaged database, beside dossiers: tables, and `changes`.
pub const LOST: &[Words] = &[
    (
        "changes",
        "de laatste wijzigingen (de database is ouder dan toen er het laatst in gewerkt werd)",
        "the last changes (the database is older than when it was last worked in)",
    ),
    ("audit", "het logboek", "the log"),
    (
        "audit_subject",
        "het logboek per dossier",
        "the log by dossier",
    ),
    ("user_account", "accounts", "accounts"),
    ("user_group", "groepen", "groups"),
    ("group_member", "leden van groepen", "members of groups"),
    ("circle", "kringen", "circles"),
    ("circle_member", "leden van kringen", "members of circles"),
    ("vault", "kluizen", "vaults"),
    ("vault_key", "sleutels van kluizen", "keys of vaults"),
    ("field_right", "rechten", "rights"),
    ("key_state", "sleutels", "keys"),
    ("wrapped_key", "sleutels van mensen", "keys of people"),
    ("setting", "instellingen", "settings"),
    ("statement", "verklaringen", "statements"),
    ("draft", "open teksten", "open texts"),
    (
        "meta",
        "de naam van de praktijk",
        "the name of the practice",
    ),
    (
        "retired_secret",
        "vervangen wachtwoorden",
        "replaced passwords",
    ),
];

/// Why a field does not go out.
pub const LEFT_OUT: &[Words] = &[
    (
        "withheld",
        "gaat niet mee; u mag dit niet zien",
        "does not go along; you may not see it",
    ),
    (
        "medical_words",
        "gaat niet mee; het lijkt over gezondheid te gaan",
        "does not go along; it seems to be about health",
    ),
    (
        "identifier",
        "gaat niet mee; er staat een nummer of adres in",
        "does not go along; there is a number or an address in it",
    ),
    (
        "not_consented",
        "gaat niet mee; daar gaat de toestemming niet over",
        "does not go along; the consent is not about it",
    ),
    (
        "other_field",
        "gaat niet mee; er staat iets in dat niet voor deze ontvanger is",
        "does not go along; it holds what is not for this recipient",
    ),
];

/// Twins of an import, states of accounts, and what is being done.
pub const OTHER: &[Words] = &[
    ("bsn", "zelfde BSN", "same BSN"),
    ("email", "zelfde e-mailadres", "same e-mail address"),
    (
        "name_and_birth",
        "zelfde naam en geboortedatum",
        "same name and date of birth",
    ),
    ("active", "actief", "active"),
    ("invited", "uitgenodigd", "invited"),
    ("disabled", "geblokkeerd", "blocked"),
    ("names", "namen", "names"),
    ("salvage", "dossiers", "dossiers"),
    ("notes", "notities", "notes"),
    ("import", "inlezen", "import"),
    ("export", "schrijven", "export"),
    ("demo", "voorbeeld", "demo"),
    ("document", "document", "document"),
    ("rekey", "opnieuw versleutelen", "sealing again"),
    ("backup", "back-up schrijven", "writing the backup"),
    ("backup_check", "back-up nalezen", "reading the backup back"),
    ("restore", "terugzetten", "restoring"),
    ("drill", "terugzetten proberen", "trying the restore"),
];

/// What was done with a vault, after its name and before whom it is about.
pub const VAULTS: &[Words] = &[
    (
        "rekey",
        "heeft een nieuwe sleutel; alles erin is opnieuw verzegeld",
        "has a new key; everything in it was sealed again",
    ),
    (
        "password",
        "heeft een nieuw wachtwoord",
        "has a new password",
    ),
    (
        "recover",
        "is open en heeft een nieuw wachtwoord",
        "is open and has a new password",
    ),
    (
        "sheet",
        "heeft een nieuw herstelblad; het vorige werkt niet meer",
        "has a new recovery sheet; the former stopped working",
    ),
    (
        "add",
        "kan nu ook geopend worden door",
        "can now be opened by",
    ),
    ("remove", "gaat niet meer open voor", "no longer opens for"),
    ("hand_over", "wordt nu beheerd door", "is now kept by"),
];

/// States of a stand-in.
pub const STAND_INS: &[Words] = &[
    ("waiting", "begint nog", "not begun"),
    ("running", "loopt", "running"),
    ("ended", "afgelopen", "over"),
    (
        "returned",
        "afgelopen, dossiers terug",
        "over, dossiers back",
    ),
];

/// Parts of a practice that can be damaged.
pub const PARTS: &[Words] = &[
    ("keyring", "het sleutelbestand", "the key file"),
    (
        "keyring missing",
        "het sleutelbestand ontbreekt",
        "the key file is missing",
    ),
    ("database", "de database", "the database"),
    (
        "database missing",
        "de database ontbreekt",
        "the database is missing",
    ),
    ("schema", "de database", "the database"),
    ("head", "de database", "the database"),
    ("witness", "practice.head", "practice.head"),
    (
        "witness missing",
        "practice.head ontbreekt",
        "practice.head is missing",
    ),
    (
        "another practice",
        "de bestanden zijn van verschillende praktijken",
        "its files are of different practices",
    ),
    ("key", "een sleutel", "a key"),
    ("audit", "het logboek", "the log"),
    ("backup", "de back-up", "the backup"),
    ("other", "een deel van de gegevens", "part of the data"),
];

/// How a consent or ground stands.
pub const STATES: &[Words] = &[
    ("valid", "geldig", "valid"),
    ("ending", "loopt bijna af", "ends soon"),
    ("expired", "verlopen", "expired"),
    ("withdrawn", "ingetrokken", "withdrawn"),
    ("not_yet", "gaat later in", "begins later"),
    ("changed", "achteraf veranderd", "changed afterwards"),
    (
        "wrong_giver",
        "gegeven door wie dat niet kon",
        "given by who could not",
    ),
    (
        "elsewhere",
        "aan een andere praktijk gegeven",
        "given to another practice",
    ),
    ("missing", "ontbreekt", "missing"),
];
