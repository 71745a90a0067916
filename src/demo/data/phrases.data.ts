/** Typical remarks in a meeting on progress, or the lack of it. */
export const STARTED = [
  'Is opgepakt.',
  'Eerste afspraak staat.',
  'Loopt, de partners zijn gebeld.',
  'Begonnen, ligt op schema.',
];
export const POSTPONED = [
  'De aannemer kan pas later.',
  'Wacht op akkoord van de leverancier.',
  'Door ziekte blijven liggen.',
  'Eerst de vakantie afwachten, dan zijn de bewoners er weer.',
  'Meer overleg nodig dan gedacht.',
];
export const BLOCKED = [
  'Geen budget dit jaar; wacht op besluit van het college.',
  'De eigenaar van de grond reageert niet.',
  'Vergunning is nog niet verleend.',
  'Capaciteit ontbreekt door de evenementen.',
];
export const ON_HOLD = [
  'Rust tot na de herinrichting.',
  'Wacht op de uitkomst van de proef.',
  'Seizoensgebonden, komt later terug.',
];
export const CANCELLED = [
  'Niet meer nodig, het probleem is weg.',
  'Opgegaan in het plan voor de herinrichting.',
  'Te weinig belangstelling onder bewoners.',
  'De bewoners kozen voor iets anders.',
];
export const HANDED_BACK = [
  'Niet voor ons: dit ligt bij de beheerder van het terrein.',
  'Niet voor ons, hier gaan wij niet over.',
];
/** Added to a result that was reached in part. */
export const PARTIAL = [
  'De rest volgt uit het jaarplan.',
  'Voor de rest bleek minder belangstelling.',
  'De andere helft doen we in het voorjaar.',
  'Verder kwamen we niet; er waren te weinig handen.',
  'Voor de rest is eerst geld nodig.',
];
/** Added to a result that was reached before with the same wording. */
export const AFTERWARDS = [
  'Over een half jaar kijken we opnieuw.',
  'Het staat in de nieuwsbrief.',
  'Het blijft een aandachtspunt.',
  'Binnen het budget gebleven.',
  'De partners zijn bijgepraat.',
  'Op de schouw bekeken en in orde.',
  'In het overleg teruggekoppeld.',
  'Zonder extra kosten.',
  'Volgend jaar weer.',
  'De bewoners zijn bijgepraat.',
];
export const REOPENED = ['Toch weer meldingen, we pakken het opnieuw op.'];
export const DONE_AGAIN = 'Na nieuwe meldingen nog eens gedaan.';
export const DISCUSSED = [
  'Besproken, loopt.',
  'Stand van zaken gegeven.',
  'Blijft staan.',
  'Komt volgende keer terug.',
  'Wordt deze maand afgerond.',
];
export const GUESTS = [
  'stagiair Wijken en Kernen',
  'beheerder buurthuis',
  'voorzitter winkeliersvereniging',
  'directeur basisschool',
];
export const OPENING = [
  'De voorzitter opent en heet iedereen welkom.',
  'De voorzitter opent. Er zijn geen mededelingen.',
];
export const ADOPTION = [
  'Het verslag is doorgenomen.',
  'De voorzitter dankt de notulist.',
];
export const ROUND = [
  'Geen punten.',
  'De wijkagent is volgende maand drie weken afwezig; de collega vervangt.',
  'Compliment voor de snelle opruimactie.',
];
