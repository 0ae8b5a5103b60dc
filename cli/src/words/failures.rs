//! Failures as sentences: what happened, what is safe, what to do next. `{name}` stands for a parameter of the failure.

use super::Words;

/// By code, and by code and reason where there is one.
pub const FAILURES: &[Words] = &[
    (
        "wrong_password",
        "Dit wachtwoord past niet bij dit account. Er is niets gewijzigd. Controleer de naam en probeer het opnieuw.",
        "This password does not fit this account. Nothing was changed. Check the name and try again.",
    ),
    (
        "wrong_password.vault",
        "Dit wachtwoord (of deze code van het herstelblad) past niet bij deze kluis. Er is niets gewijzigd. Probeer het opnieuw.",
        "This password (or this code of the recovery sheet) does not fit this vault. Nothing was changed. Try again.",
    ),
    (
        "no_backup",
        "Dit bestand is geen back-up van Dossierkluis, of het is beschadigd. Er is niets teruggezet. Neem een andere back-up.",
        "This file is no backup of Dossierkluis, or it is damaged. Nothing was restored. Take another backup.",
    ),
    (
        "no_log",
        "Dit bestand is geen logboek van kluis audit export, of het is leeg. Er is niets gecontroleerd.",
        "This file is no log of kluis audit export, or it is empty. Nothing was checked.",
    ),
    (
        "wrong_backup_key",
        "Deze code of dit wachtwoord opent de back-up niet. Er is niets gewijzigd. Neem het herstelblad van de dag waarop de back-up is gemaakt.",
        "This code or password does not open the backup. Nothing was changed. Take the recovery sheet of the day on which the backup was made.",
    ),
    (
        "wrong_recovery_code",
        "Deze herstelcode past niet bij dit account. Er is niets gewijzigd. Controleer de naam en neem de code opnieuw over van het herstelblad.",
        "This recovery code does not fit this account. Nothing was changed. Check the name and copy the code from the recovery sheet again.",
    ),
    (
        "throttled",
        "Te vaak verkeerd geprobeerd. Uw gegevens zijn veilig. Probeer het over {seconds} s opnieuw.",
        "Too many wrong tries. Your data is safe. Try again in {seconds} s.",
    ),
    (
        "blocked",
        "Dit account is geblokkeerd. Er is niets gewijzigd. Vraag een beheerder om toegang.",
        "This account is blocked. Nothing was changed. Ask an administrator for access.",
    ),
    (
        "password_refused",
        "Dit nieuwe wachtwoord voldoet niet. Er is niets gewijzigd. Kies een ander.",
        "This new password will not do. Nothing was changed. Choose another.",
    ),
    (
        "password_refused.too_weak",
        "Dit nieuwe wachtwoord is te zwak. Er is niets gewijzigd. Maak het langer, bijvoorbeeld met vier losse woorden.",
        "This new password is too weak. Nothing was changed. Make it longer, for example with four loose words.",
    ),
    (
        "password_refused.common",
        "Dit nieuwe wachtwoord staat op lijsten die iedereen kent. Er is niets gewijzigd. Kies iets anders.",
        "This new password is on lists that everybody knows. Nothing was changed. Choose something else.",
    ),
    (
        "denied",
        "Hier heeft u geen recht op. Er is niets gewijzigd. Vraag een beheerder wie dit wel mag.",
        "You have no right to this. Nothing was changed. Ask an administrator who may.",
    ),
    (
        "denied.medical",
        "Dit is alleen voor de arts. Er is niets gewijzigd. Vraag het aan de arts.",
        "This is for the physician alone. Nothing was changed. Ask the physician.",
    ),
    (
        "denied.key_missing",
        "U heeft dit recht, maar de sleutel nog niet. Er is niets gewijzigd. Vraag een collega die dit al ziet om kluis grant give.",
        "You have the right, but not yet the key. Nothing was changed. Ask a colleague who sees this already for kluis grant give.",
    ),
    (
        "denied.vault_closed",
        "Dit ligt in een kluis die nu dicht is. Er is niets gewijzigd. Noem de kluis met --vault en --vault-password-file.",
        "This lies in a vault that is closed now. Nothing was changed. Name the vault with --vault and --vault-password-file.",
    ),
    (
        "denied.not_held",
        "U heeft deze sleutel zelf niet. Er is niets gewijzigd. Vraag het aan iemand die hem heeft (kluis grant waiting).",
        "You do not have this key yourself. Nothing was changed. Ask somebody who does (kluis grant waiting).",
    ),
    (
        "denied.read_only",
        "U mag dit zien, maar niet wijzigen. Er is niets gewijzigd. Vraag een beheerder om dit recht.",
        "You may see this, but not change it. Nothing was changed. Ask an administrator for that right.",
    ),
    (
        "denied.not_administrator",
        "Dit kan alleen een beheerder. Er is niets gewijzigd. Vraag het aan een beheerder.",
        "Only an administrator can do this. Nothing was changed. Ask an administrator.",
    ),
    (
        "denied.outweighed",
        "Een grond voor weigering is van toepassing: deze gegevens gaan niet uit. Weiger de vraag met kluis disclosure MAP refuse.",
        "A ground of refusal applies: this does not go out. Refuse the request with kluis disclosure DIR refuse.",
    ),
    (
        "denied.in_doubt",
        "Bij twijfel beslist de arts, of de beheerder als er geen arts is. Er is niets verstrekt. Leg de vraag daar voor.",
        "In doubt the physician decides, or the administrator where there is none. Nothing was disclosed. Put the request to them.",
    ),
    (
        "denied.no_consent",
        "Er is geen geldige toestemming voor deze ontvanger en dit doel. Er is niets verstrekt. Vraag de betrokkene om toestemming, of weiger.",
        "There is no valid consent for this recipient and purpose. Nothing was disclosed. Ask the person for consent, or refuse.",
    ),
    (
        "denied.change_password_first",
        "U moet eerst een nieuw wachtwoord kiezen. Er is niets gewijzigd. Gebruik kluis user MAP password.",
        "You must choose a new password first. Nothing was changed. Use kluis user DIR password.",
    ),
    (
        "unfounded",
        "Voor {needs}{part} is toestemming of een andere grond nodig, en die is er niet. Er is niets gewijzigd. Leg die eerst vast met kluis consent of kluis ground.",
        "For {needs}{part} a consent or another ground is needed, and there is none. Nothing was changed. Record it first with kluis consent or kluis ground.",
    ),
    (
        "unfounded.ground_expired",
        "De toestemming of grond voor {needs}{part} is verlopen. Er is niets gewijzigd. Vraag opnieuw toestemming (kluis consent) of leg een andere grond vast (kluis ground).",
        "The consent or ground for {needs}{part} has expired. Nothing was changed. Ask for consent again (kluis consent) or record another ground (kluis ground).",
    ),
    (
        "unfounded.ground_withdrawn",
        "De toestemming of grond voor {needs}{part} is ingetrokken. Er is niets gewijzigd. Zonder nieuwe toestemming of een andere grond mag dit niet.",
        "The consent or ground for {needs}{part} was withdrawn. Nothing was changed. Without a new consent or another ground this is not allowed.",
    ),
    (
        "unfounded.ground_not_yet",
        "De toestemming of grond voor {needs}{part} gaat later in. Er is niets gewijzigd.",
        "The consent or ground for {needs}{part} begins later. Nothing was changed.",
    ),
    (
        "unfounded.ground_wrong_giver",
        "De toestemming voor {needs}{part} is, gezien de geboortedatum, gegeven door wie dat niet kon. Er is niets gewijzigd. Vraag haar opnieuw, onder de 16 aan wie de persoon vertegenwoordigt.",
        "By the date of birth, the consent for {needs}{part} was given by somebody who could not. Nothing was changed. Ask for it again, under 16 from whoever represents the person.",
    ),
    (
        "unfounded.ground_elsewhere",
        "De toestemming of grond voor {needs}{part} is aan een andere praktijk gegeven. Er is niets gewijzigd. Vraag opnieuw toestemming (kluis consent) of leg een andere grond vast (kluis ground).",
        "The consent or ground for {needs}{part} was given to another practice. Nothing was changed. Ask for consent again (kluis consent) or record another ground (kluis ground).",
    ),
    (
        "unfounded.ground_changed",
        "De toestemming of grond voor {needs}{part} is niet meer wat er is vastgelegd: iemand heeft haar achteraf veranderd. Er is niets gewijzigd. Bekijk haar met kluis verify en vraag opnieuw toestemming.",
        "The consent or ground for {needs}{part} is not what was recorded any more: somebody changed it afterwards. Nothing was changed. Look at it with kluis verify and ask for consent again.",
    ),
    (
        "refused",
        "{field}: {reason} Er is niets gewijzigd.",
        "{field}: {reason} Nothing was changed.",
    ),
    (
        "paper.left_out",
        "Het eigen sjabloon {file} laat iets weg dat op dit stuk hoort te staan ({member}). Er is niets gewijzigd. Vul het sjabloon aan, of neem het meegeleverde met kluis style use.",
        "The practice's own template {file} leaves out something that belongs on this paper ({member}). Nothing was changed. Complete the template, or take the shipped one with kluis style use.",
    ),
    (
        "paper.picture",
        "De afbeelding op dit stuk kan niet gelezen worden. Er is niets gewijzigd. Kies een PNG, JPEG of SVG.",
        "The picture on this paper cannot be read. Nothing was changed. Choose a PNG, JPEG or SVG.",
    ),
    (
        "paper.data",
        "Dit stuk kan met deze gegevens niet gemaakt worden. Er is niets gewijzigd.",
        "This paper cannot be made of these data. Nothing was changed.",
    ),
    (
        "paper.signs",
        "Deze tekens staan in geen van de lettertypen van het programma: {signs}. Er is niets gewijzigd. Schrijf ze anders, zoals in het paspoort of de basisregistratie.",
        "No font of the program has these signs: {signs}. Nothing was changed. Write them otherwise, as in the passport or the population register.",
    ),
    (
        "paper",
        "Dit stuk kan niet gemaakt worden (sjabloon {file}, regel {line}). Er is niets gewijzigd. Kijk in het sjabloon, of neem het meegeleverde met kluis style use.",
        "This paper cannot be made (template {file}, line {line}). Nothing was changed. Look into the template, or take the shipped one with kluis style use.",
    ),
    (
        "lost_race",
        "Iemand anders heeft dit intussen gewijzigd. Er is niets overschreven. Bekijk het met kluis show en probeer het opnieuw.",
        "Somebody else changed this meanwhile. Nothing was overwritten. Look with kluis show and try again.",
    ),
    (
        "not_found",
        "Niet gevonden, of niet voor u zichtbaar. Er is niets gewijzigd. Controleer de naam of het id.",
        "Not found, or not visible to you. Nothing was changed. Check the name or the id.",
    ),
    (
        "last_administrator",
        "De praktijk moet een beheerder houden. Er is niets gewijzigd. Maak eerst iemand anders beheerder.",
        "The practice must keep an administrator. Nothing was changed. Make somebody else administrator first.",
    ),
    (
        "cancelled",
        "Gestopt. Er is niets half opgeslagen. Probeer het zo nodig opnieuw.",
        "Stopped. Nothing was saved by halves. Try again if need be.",
    ),
    (
        "damaged",
        "De praktijkmap is beschadigd: {what}. Werk er niet in verder. Red wat heel is met kluis recovery MAP salvage, of zet een back-up terug.",
        "The practice folder is damaged: {what}. Do not work on in it. Save what is whole with kluis recovery DIR salvage, or put a backup back.",
    ),
    (
        "nothing_to_save",
        "Hier valt niets veilig te redden: onleesbaar is wat zegt welke tabellen er zijn, welke geheimen zijn vervangen of hoe lang iemand waarneemt. Er is niets geschreven. Zet een back-up terug.",
        "Nothing can be saved safely here: what says which tables there are, which secrets were replaced or how long somebody stands in cannot be read. Nothing was written. Put a backup back.",
    ),
    (
        "damaged.keyring",
        "De praktijkmap is beschadigd: het sleutelbestand. Uw dossiers zijn niet geraakt. Bouw het op uit de nieuwste kopie met kluis recovery MAP keyring.",
        "The practice folder is damaged: the key file. Your dossiers are untouched. Put it together from the newest copy with kluis recovery DIR keyring.",
    ),
    (
        "damaged.keyring_missing",
        "De praktijkmap is beschadigd: het sleutelbestand ontbreekt. Uw dossiers zijn niet geraakt. Bouw het op uit de nieuwste kopie met kluis recovery MAP keyring.",
        "The practice folder is damaged: the key file is missing. Your dossiers are untouched. Put it together from the newest copy with kluis recovery DIR keyring.",
    ),
    (
        "rolled_back.keyring",
        "Het sleutelbestand is ouder dan zijn kopieën: iemand heeft een oud bestand teruggezet. Er is niets gewijzigd. Neem de nieuwste kopie met kluis recovery MAP keyring.",
        "The key file is older than its copies: somebody put an old file back. Nothing was changed. Take the newest copy with kluis recovery DIR keyring.",
    ),
    (
        "rolled_back.former_secret",
        "Dit wachtwoord (of dit blad) is later vervangen: het sleutelbestand is ouder dan de dossiers. Er is niets gewijzigd. Zet het nieuwste sleutelbestand terug, of gebruik het herstelblad.",
        "This password (or this sheet) was replaced later: the key file is older than the dossiers. Nothing was changed. Put the newest key file back, or use the recovery sheet.",
    ),
    (
        "rolled_back",
        "De praktijkmap is ouder dan toen er het laatst in gewerkt werd: er ontbreekt werk. Er is niets gewijzigd. Kijk of iemand een oude kopie heeft teruggezet.",
        "The practice folder is older than when it was last worked in: work is missing. Nothing was changed. See whether somebody put an old copy back.",
    ),
    (
        "in_use",
        "Deze praktijk is open in een ander programma, bijvoorbeeld in het venster. Er is niets gewijzigd. Sluit dat eerst.",
        "This practice is in use by another program, for example by the window. Nothing was changed. Close that first.",
    ),
    (
        "missing",
        "In deze map is geen praktijk. Er is niets gewijzigd. Controleer het pad, of maak een praktijk met kluis new.",
        "There is no practice in this folder. Nothing was changed. Check the path, or make a practice with kluis new.",
    ),
    (
        "occupied",
        "In deze map staat al iets, of zij ligt in een praktijk. Er is niets gewijzigd. Kies een nieuwe of lege map.",
        "There is something in this folder already, or it lies within a practice. Nothing was changed. Choose a new or empty folder.",
    ),
    (
        "newer.unknown_version",
        "Deze praktijk is van een nieuwere versie. Er is niets gewijzigd. Installeer de nieuwste versie van Dossierkluis.",
        "This practice is from a newer version. Nothing was changed. Install the latest version of Dossierkluis.",
    ),
    (
        "newer",
        "Deze praktijk is van een nieuwere versie. Er is niets gewijzigd. Installeer Dossierkluis {version} of nieuwer.",
        "This practice is from a newer version. Nothing was changed. Install Dossierkluis {version} or newer.",
    ),
    (
        "full",
        "De schijf is vol. Wat al opgeslagen was, staat er nog. Maak ruimte en probeer het opnieuw.",
        "The disk is full. What was saved is still there. Make room and try again.",
    ),
    (
        "io",
        "Lezen of schrijven is mislukt. Wat al opgeslagen was, staat er nog. Controleer het pad en de schijf.",
        "Reading or writing failed. What was saved is still there. Check the path and the disk.",
    ),
    (
        "io.entity_not_found",
        "Dat bestand of die map bestaat niet. Wat al opgeslagen was, staat er nog. Controleer het pad.",
        "That file or folder does not exist. What was saved is still there. Check the path.",
    ),
    (
        "io.permission_denied",
        "Dat bestand of die map is niet toegankelijk voor u. Wat al opgeslagen was, staat er nog. Controleer de rechten of kies een andere plek.",
        "You have no access to that file or folder. What was saved is still there. Check its permissions or choose another place.",
    ),
    (
        "io.entity_already_exists",
        "Dat bestand bestaat al en is niet overschreven. Kies een andere naam.",
        "That file exists already and was not overwritten. Choose another name.",
    ),
    (
        "database",
        "De database gaf een fout ({number}). Er is niets half opgeslagen. Probeer het opnieuw; blijft het, gebruik dan kluis verify.",
        "The database gave an error ({number}). Nothing was saved by halves. Try again; if it stays, use kluis verify.",
    ),
    (
        "failed",
        "Er ging iets mis in het programma. Er is niets half opgeslagen. Probeer het opnieuw; blijft het, gebruik dan kluis verify.",
        "Something went wrong in the program. Nothing was saved by halves. Try again; if it stays, use kluis verify.",
    ),
    (
        "import",
        "Dit bestand kan niet worden ingelezen. Er is niets toegevoegd. Bewaar het als CSV of XLSX en probeer het opnieuw.",
        "This file cannot be imported. Nothing was added. Save it as CSV or XLSX and try again.",
    ),
    (
        "import.unknown_kind",
        "Dit soort bestand is niet bekend. Er is niets toegevoegd. Geef een bestand dat eindigt op .csv, .xlsx of .vcf.",
        "This kind of file is not known. Nothing was added. Give a file that ends in .csv, .xlsx or .vcf.",
    ),
    (
        "import.old_or_locked",
        "Dit is een oude werkmap (.xls) of een met een wachtwoord. Er is niets toegevoegd. Bewaar haar zonder wachtwoord als XLSX.",
        "This is an old workbook (.xls) or one with a password. Nothing was added. Save it as XLSX without a password.",
    ),
    (
        "import.empty",
        "Het bestand is leeg. Er is niets toegevoegd. Kies een ander bestand.",
        "The file is empty. Nothing was added. Choose another file.",
    ),
    (
        "import.no_headings",
        "Het bestand heeft geen kopregel. Er is niets toegevoegd. Zet boven elke kolom wat erin staat.",
        "The file has no row of headings. Nothing was added. Put above each column what is in it.",
    ),
    (
        "import.no_cards",
        "Er staat geen kaart in het bestand. Er is niets toegevoegd. Kies een ander bestand.",
        "There is no card in the file. Nothing was added. Choose another file.",
    ),
    (
        "import.too_large",
        "Het bestand is te groot. Er is niets toegevoegd. Verdeel het over meer bestanden.",
        "The file is too large. Nothing was added. Divide it over more files.",
    ),
    (
        "import.too_many_rows",
        "Het bestand heeft te veel rijen. Er is niets toegevoegd. Verdeel het over meer bestanden.",
        "The file has too many rows. Nothing was added. Divide it over more files.",
    ),
    (
        "import.too_many_columns",
        "Het bestand heeft te veel kolommen. Er is niets toegevoegd. Laat kolommen weg.",
        "The file has too many columns. Nothing was added. Leave columns out.",
    ),
    (
        "import.not_text",
        "Het bestand is geen tekst. Er is niets toegevoegd. Bewaar het als CSV (UTF-8) en probeer het opnieuw.",
        "The file is not text. Nothing was added. Save it as CSV (UTF-8) and try again.",
    ),
    (
        "import.damaged",
        "Het bestand is beschadigd. Er is niets toegevoegd. Maak het opnieuw en probeer het weer.",
        "The file is damaged. Nothing was added. Make it again and retry.",
    ),
    (
        "import.truncated",
        "Het bestand houdt halverwege op, in wat begint op regel {line}. Er is niets toegevoegd. Kijk daar naar een aanhalingsteken dat niet sluit.",
        "The file stops halfway, in what begins on line {line}. Nothing was added. Look there for a quote that does not close.",
    ),
    (
        "import.nothing_mapped",
        "Bij geen enkele kolom is duidelijk welk veld het is. Er is niets toegevoegd. Geef het op met --mapping.",
        "Of no column it is clear which field it is. Nothing was added. State it with --mapping.",
    ),
    (
        "import.mapping",
        "De toewijzing van kolommen past niet bij dit bestand. Er is niets toegevoegd. Verbeter het bestand van --mapping.",
        "The mapping of columns does not fit this file. Nothing was added. Mend the file of --mapping.",
    ),
    (
        "import.not_a_mapping",
        "Het bestand van --mapping is geen JSON-object van kop naar veld. Er is niets toegevoegd. Schrijf bijvoorbeeld {\"Achternaam\": \"surname\"}.",
        "The file of --mapping is no JSON object from heading to field. Nothing was added. Write for example {\"Achternaam\": \"surname\"}.",
    ),
    (
        "import.unknown_field",
        "De toewijzing geeft kolom {column} ({heading}) een veld dat niet bestaat. Er is niets toegevoegd. Kijk met kluis fields welke er zijn.",
        "The mapping gives column {column} ({heading}) a field that does not exist. Nothing was added. See with kluis fields which there are.",
    ),
    (
        "import.used_twice",
        "De toewijzing geeft kolom {column} ({heading}) een veld dat al gebruikt is. Er is niets toegevoegd. Geef elk veld één kolom.",
        "The mapping gives column {column} ({heading}) a field that is already taken. Nothing was added. Give each field one column.",
    ),
    (
        "import.not_in_file",
        "Niet alle koppen van de toewijzing staan in het bestand ({count} ontbreken). Er is niets toegevoegd. Schrijf ze precies zoals in het bestand.",
        "Not all headings of the mapping are in the file ({count} are missing). Nothing was added. Write them exactly as in the file.",
    ),
    (
        "export",
        "Het bestand kon niet worden geschreven. De praktijk is niet gewijzigd. Kies een andere plek.",
        "The file could not be written. The practice was not changed. Choose another place.",
    ),
    (
        "export.own_folder",
        "Een export kan niet in de map van de praktijk zelf staan. Er is niets geschreven. Kies een andere map.",
        "An export cannot be put in the practice's own folder. Nothing was written. Choose another folder.",
    ),
    (
        "export.exists",
        "Daar staat al een bestand. Er is niets geschreven. Kies een andere naam.",
        "There is a file there already. Nothing was written. Choose another name.",
    ),
    (
        "export.busy",
        "Er loopt al een back-up of proef. Er is niets geschreven. Wacht tot die klaar is.",
        "A backup or drill is running already. Nothing was written. Wait until it is done.",
    ),
    (
        "export.full",
        "De schijf is vol. De praktijk is niet gewijzigd. Maak ruimte of kies een andere plek.",
        "The disk is full. The practice was not changed. Make room or choose another place.",
    ),
    (
        "export.io",
        "Het bestand kon daar niet worden geschreven. De praktijk is niet gewijzigd. Controleer of de map bestaat en of u erin mag schrijven.",
        "The file could not be written there. The practice was not changed. Check that the folder exists and that you may write in it.",
    ),
    (
        "export.too_long",
        "Een tekst is te lang voor een werkmap. Er is niets geschreven. Kies --format json.",
        "A text is too long for a workbook. Nothing was written. Choose --format json.",
    ),
    (
        "export.too_many_rows",
        "Er zijn te veel dossiers voor een werkmap. Er is niets geschreven. Kies --format csv.",
        "There are too many dossiers for a workbook. Nothing was written. Choose --format csv.",
    ),
    (
        "export.workbook",
        "De werkmap kon niet worden gemaakt. Er is niets geschreven. Kies --format csv.",
        "The workbook could not be made. Nothing was written. Choose --format csv.",
    ),
];
