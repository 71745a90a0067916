/** Dutch words by which a typed line is read. Lists only; what they mean is in the rules beside them. */

/** Separable verbs: the finite forms, the infinitive, and the particles that make a verb with it. */
const SEPARABLE = `
ruimt ruimen: op leeg
knapt knappen: op
haalt halen: op weg aan binnen in
belt bellen: op na terug rond
treedt treden: op
neemt nemen: op mee door over
zoekt zoeken: uit op
spreekt spreken: aan af door in
vraagt vragen: aan na op uit
nodigt nodigen: uit
levert leveren: aan op in
koppelt koppelen: terug
kijkt kijken: na uit mee rond door
gaat gaan: na langs door
pakt pakken: op aan in
stuurt sturen: rond door toe op uit
geeft geven: door aan af uit
bereidt bereiden: voor
legt leggen: voor vast neer uit aan
stelt stellen: op voor vast in
stemt stemmen: af
werkt werken: uit bij weg
zet zetten: uit door neer klaar in
deelt delen: uit mee in
hangt hangen: op
plant plannen: in
vult vullen: in aan bij
dient dienen: in
schoont schonen: op
maakt maken: schoon af dicht los vrij bekend
meldt melden: aan af terug
rondt ronden: af
brengt brengen: rond langs aan terug
woont wonen: bij
houdt houden: bij tegen vrij
wijst wijzen: aan toe
snoeit snoeien: bij terug
ziet zien: toe
schaft schaffen: aan
biedt bieden: aan
reikt reiken: uit
breidt breiden: uit
kondigt kondigen: aan
schrijft schrijven: uit op in aan
veegt vegen: op aan weg
tekent tekenen: af in
trekt trekken: in na
vangt vangen: op
start starten: op
past passen: aan toe
schakelt schakelen: in uit
licht lichten: toe in
leidt leiden: op
roept roepen: op bijeen
sluit sluiten: af aan
loopt lopen: na mee door rond langs
denkt denken: mee
voert voeren: uit in op door
richt richten: in op
trapt trappen: af
drijft drijven: door
plakt plakken: op aan
test testen: uit
rijdt rijden: langs mee
`;

/** Finite form or plural → its infinitive and particles. */
export const SEPARABLE_VERBS: ReadonlyMap<string, { infinitive: string; particles: readonly string[] }> = new Map(
  SEPARABLE.trim()
    .split('\n')
    .flatMap((line) => {
      const [verbs, particles] = line.split(': ');
      const [finite, infinitive] = verbs.split(' ');
      const verb = { infinitive, particles: particles.split(' ') };
      return [
        [finite, verb],
        [infinitive, verb],
      ] as const;
    }),
);

/** Finite forms that mean nothing without their particle: in "ruimt zwerfvuil op vrijdag" the "op" is theirs. */
export const NEEDS_OP = /^(?:ruimt|ruimen|knapt|knappen|treedt|treden|schoont|schonen)$/i;

/** What can follow a particle that closes its verb: "haalt de zakken op *bij* de school". */
export const AFTER_PARTICLE =
  /^(?:aan|achter|als|bij|binnen|buiten|dat|door|en|hoe|in|i\.?v\.?m\.?|langs|met|na|naar|of|om|onder|op|over|rond|te|tegen|tijdens|tot|tussen|uit|van|vanaf|vanwege|voor|waar|wanneer|wat|wie|zodat|zodra|\+)$/i;

/** Auxiliaries that carry nothing of the action: "gaat met Trifolium kijken". */
export const AUXILIARY = /^(?:gaat|gaan|zal|zullen|moet|moeten|dient te|wil)\s+(?=\S)/i;

/** Words in the position of an owner that name nobody in particular. */
export const EVERYBODY = /^(?:allen?|allemaal|iedereen|elke partij|alle partijen|n\.?t\.?b\.?|nog te bepalen|\?+)$/i;

/** Beginnings of the name of a private person, who never owns an action. */
export const PRIVATE_PERSON =
  /^(?:de\s+heer|dhr|mw|mevr|mevrouw|meneer|fam|familie|(?:de\s+)?(?:bewoners?|bewoonster|buurman|buurvrouw|buren|huurders?|huurster|eigenaar|eigenaren|inwoners?|ouders?|omwonenden))(?![\p{L}])/iu;

/** Words before the name of an organisation that are not part of it. */
export const BEFORE_NAME =
  /^(?:(?:de|het|actie|actiehouder|afd\.?|afdeling|gem\.?|gemeente|team|vanuit|namens|door|vraag aan|verzoek aan)\s+|@\s*)+/i;

/** A function before the name of an organisation: "jongerenwerker Tom". */
export const FUNCTION =
  /^(?:\p{L}+)?(?:werker|werkster|coach|agent|consulente?|adviseur|beheerder|handhaver|coördinator|coordinator|ambtenaar|regisseur|manager|voorzitter|makelaar|verpleegkundige|opzichter|inspecteur|toezichthouder)$/iu;

/** Abbreviations inside names. */
export const ABBREVIATIONS: readonly [RegExp, string][] = [
  [/\bi\.?\s?d\.?(?=\s)/gi, 'in de'],
  [/\bv\.?\s?d\.?(?=\s)/gi, 'van de'],
  [/\ba\.?\s?d\.?(?=\s)/gi, 'aan den'],
  [/\bbest\.(?=\s)/gi, 'bestuur'],
];

/** Verbs of receiving: the organisation named after them is not the owner. */
export const RECEIVES = /^(?:ontvangt|ontvangen|krijgt|krijgen|hoort|horen)$/i;
