//! Words that many a sentence begins with. A word with a capital that is not among them may be a name that the program does not know, and
//! is told to whoever approves the copy. Too short a list tells of too many words; a name in it would be told of by nobody.

use crate::fold::fold;
use std::{collections::HashSet, sync::LazyLock};

/// Dutch and English, folded.
const WORDS: &str = "
    a aan aangezien about achter achteraf af afgelopen afgesproken afspraak afspraken after again al all alle alleen
    allemaal alles als also alsof although altijd always and ander andere anderen anders angst another anxious any
    app apps are as asked asks at avg avond back bang because bedrijf been beetje before begeleiding begin begint
    begon behalve beide beiden being bekend belangrijk belde belt beneden benieuwd bent beperking beperkingen
    bereikbaar besprak bespraken bespreekt bespreken besproken betekent beter between bezig bij bijna bijvoorbeeld
    binnen bleef bleek blijft blijkt both bovendien brief bsn btw buiten but bv by call called came can cannot child
    children clear client clienten coach coaching colleague collega collega's company contact could cv daar daarbij
    daardoor daarmee daarna daarnaast daarom daarop daarover daarvoor dag dagen daily dan dankzij dat day de deed
    deels deze dezelfde dhr did die discussed discussion dit do doel doelen doen does doet doing door doordat
    doorgaans dossier dr drie drs druk during dus duurt e-mail each easier een eenmaal eens eerder eerst eerste
    effect eigen eigenlijk eind einde elk elke email en energie enkele enough er eraan erg ergens ervaart ervan
    ervaring ervaringen etc eu evaluatie even every everyone everything ex-partner family father feedback feels felt
    few finally first follow for from full functie further gaan gaat gaf gave gebruik gedurende geeft geen gehad
    geldt geleden geleerd gelukkig gemaakt gemiddeld genoemd gericht gesprek gesprekken gesproken get gets gevoel
    gevraagd geweest gewoon geworden gezien gezin ggz ging gisteren goal goals goed goede goes going good got gp
    graag haar had hadden halverwege handelen hard has have having havo hbo he heb hebben hebt heeft heel helaas hele
    helemaal hello help helped hen her here het hier hierbij hierdoor hierna hij his hoe hoeveel hoewel home hoofd
    hoofdpijn hoopt houdt how however hr hrm huis huisarts huiswerk hulp hulpvraag hun i ict ieder iedere iedereen
    iemand iets if ik ikzelf important in ineens inmiddels instead intake interventie into is it its ja jaar je jij
    jouw juist jullie just kan kans keeps kiest kijkt kind kinderen klaar klacht klachten klant klopt komt kon
    konden kreeg krijgt kunnen kvk kwam laat laatste last later learned leerde leert leidinggevende less lichamelijk
    liep liever ligt lijkt like long loopt lukt lukte maak maakt maakte maand maandelijks maanden maar made mag mail
    maken makes man manager manier many maybe mbo me mede medewerker meerdere meest meestal meeting meetings mei men
    meneer mens mensen merkt merkte met meteen mevr mevrouw middag middels might mijn minder minuten mist mocht moe
    moeder moeilijk moet moeten mogelijk mogelijkheden momenteel more morgen morning most mother motivatie much must
    mw my na naar naast nadat nadeel nam namelijk namens natuurlijk nee need needs neemt nergens net never new next
    niemand niet niets nieuw nieuwe nl no nobody nodig noemde noemt nog nogal none nooit not nothing now ns nu nv
    ochtend oefende oefening oefeningen oefent of off often ok oke old om omdat omgeving on once ondanks onder
    ondertussen one only ons ontslag ontspanning onze ook oorzaak op opdracht opdrachten opdrachtgever opeens
    openheid oplossing or other ouder ouders our out over overal overdag overigens overleg overzicht own paar parents
    partner pas pc people per perhaps periode person persoonlijk plan plannen please plotseling positief possible
    praat praatte precies prive probeerde probeert probleem problemen progress project psycholoog punt question
    questions quite rather reactie reageert really reden reflectie relatie rest resultaat rond rust rustig said samen
    samenvatting says schaamte school score second seems seen session she should since sinds sindsdien slaap slaapt
    slecht sleep sleeps sliep sms snel so some somebody someone something sometimes sommige soms soon spanning
    spanningen spoke sprak spraken staat stap stappen steeds stelde stemming still straks stress structuur such
    summary taak taken talked te team tegen telkens ten ter terug terwijl test tevens than that the their them thema
    then there therefore these they thing things think thinks this those though three through thuis tijd tijdens time
    tips tired to toch today toe toekomst toen toename together told tomorrow too took tot totaal towards traject
    tried trots tussen tv twee two uit uiteindelijk uitkomst under until up uren us usually uur uwv vaak vader valt
    van vanaf vandaag vanmiddag vanmorgen vanuit vanwege vast veel veilig veiligheid verder verdriet verdrietig
    vergeleken verlof verloopt vermoeid vermoeidheid verslag vertelde vertelt vertrouwen verwacht verwachting
    verwachtingen very verzuim via viel vier vindt vmbo voelde voelt vol voldoende volgend volgende volgens vond voor
    vooraf vooral voorbeeld vooruitgang vorig vorige vraag vraagt vragen vriend vrienden vriendin vroeg vroeger vrouw
    vs vwo waar waarbij waardoor waarna waarom waarop waarschijnlijk wajong wanneer want wants wao waren was wat we
    week weekend weeks weer weet weinig wekelijks weken wel welk welke well went werd werden were werk werkdag
    werkdagen werkgever werkplek werkt werkte weten what when where which while who why wia wij wilde willen wist
    with within without wo worden wordt work worked working works worries wou would writes wrote ww year years yes
    yesterday yet you your zag zal zat ze zeer zegt zei zeker zelf zelfs zelfvertrouwen zes zet ziek ziet zij zijn
    zin zit zo zoals zodat zodra zonder zorg zorgen zou zouden zoveel zowel zullen
";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Whether everybody uses this word, in whatever case it stands.
pub(in crate::disclosure) fn is_ordinary(word: &str) -> bool {
    let folded = fold(word);
    let bare = folded.trim_end_matches(['\'', '-']);
    KNOWN.contains(bare)
        || bare
            .strip_suffix("'s")
            .is_some_and(|one| KNOWN.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::peer_review::words::{GIVEN, NICKNAMES};

    #[test]
    fn no_name_is_ordinary() {
        for word in KNOWN.iter() {
            assert_eq!(fold(word), *word);
            assert!(!GIVEN.contains(word), "{word}");
            assert!(NICKNAMES.iter().all(|(name, _)| name != word), "{word}");
        }
        // Surnames that are words stay out, so that they are told.
        for name in ["bos", "bakker", "visser", "smit", "klein", "groen", "prins"] {
            assert!(!KNOWN.contains(name), "{name}");
        }
    }

    #[test]
    fn forms_of_an_ordinary_word_are_ordinary() {
        for word in ["Het", "CLIENT", "Cliënten", "Collega’s", "Morgen-"] {
            assert!(is_ordinary(word), "{word}");
        }
        assert!(!is_ordinary("Pietersen") && !is_ordinary("Bos"));
    }
}
