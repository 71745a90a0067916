import type { TopicData } from './topics.data.js';

/** Young people on the street, and activities and facilities in the neighbourhood. */
export const YOUNG_AND_OLD: TopicData[] = [
  {
    title: 'Jongerenoverlast',
    theme: 'schoon-heel-veilig',
    notes: [
      'Vooral op vrijdagavond meldingen over geluid en scooters. De groep is bekend bij het jongerenwerk.',
      'Het is rustiger sinds de afspraken met de jongeren zelf. Vuurwerk blijft een zorg.',
      'De meldingen komen van twee adressen. Afgesproken is om eerst met de melders te praten.',
    ],
    decisions: ['Jongerenwerk, politie en boa lopen om en om een ronde.', 'De jongeren zelf worden uitgenodigd.', 'Het bankje gaat weg bij de huizen en komt terug bij het water.', 'Scooters worden elke maand gecontroleerd.', 'De sportavond gaat door tot de zomer.', 'Melders krijgen het nummer van de jongerenwerker.'],
    actions: [
      {
        title: 'Extra surveillance bij {plek} op vrijdagavond',
        owner: 'POL',
        together: ['BOA'],
        result: '8 rondes gelopen, aantal meldingen gehalveerd.',
        isLarge: true,
      },
      {
        title: 'In gesprek met de jongeren bij {plek}',
        owner: 'PAR',
        result: '4 gesprekken gevoerd, afspraken over tijden en geluid.',
        isLarge: true,
      },
      {
        title: 'Met de melders en de jongeren om tafel',
        owner: 'W&K',
        together: ['PAR'],
        result: 'Gesprek geweest, melders zijn tevreden.',
      },
      {
        title: 'Sportactiviteit op vrijdagavond opzetten bij {plek}',
        owner: 'ABE',
        together: ['PAR'],
        result: '6 avonden, gemiddeld 18 jongeren.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Bankje verplaatsen bij {plek}',
        owner: 'BOR',
        result: 'Bankje verplaatst, verder van de gevels.',
        isRequested: true,
      },
      {
        title: 'Scooters en fatbikes controleren',
        owner: 'BOA',
        together: ['POL'],
        result: 'Twee controles, 11 bekeuringen.',
      },
      {
        title: 'Plek voor een jongerenontmoetingsplaats verkennen',
        owner: 'MO',
        together: ['PAR', 'BOR'],
        result: '3 plekken vergeleken; voorkeur ligt bij het college.',
      },
    ],
  },
  {
    title: 'Voorzieningen in de buurt',
    theme: 'voorzieningen',
    notes: [
      'Het buurthuis is overdag leeg en ’s avonds vol. Er is vraag naar een plek voor ouderen.',
      'De speeltuin is verouderd. Bewoners willen meedenken over de nieuwe toestellen.',
      'De bibliotheekbus komt niet meer. Bewoners zoeken een oplossing.',
    ],
    decisions: ['Het buurthuis gaat op proef twee ochtenden extra open.', 'Bewoners kiezen zelf het ontwerp van de speeltuin.', 'De koffieochtend blijft op woensdag.', 'De sleutels liggen voortaan bij het buurthuis.', 'De buurtkast komt binnen te hangen.'],
    actions: [
      {
        title: 'Openingstijden van het buurthuis verruimen op proef',
        owner: 'TOM',
        together: ['MO'],
        result: 'Twee ochtenden extra open, gemiddeld 14 bezoekers.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Speeltoestellen keuren en vervangen bij {plek}',
        owner: 'BOR',
        result: 'Twee toestellen vervangen, een hersteld.',
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Bewoners laten kiezen uit drie ontwerpen voor de speeltuin',
        owner: 'residents',
        together: ['BOR'],
        result: '90 stemmen, ontwerp B gekozen.',
        isLarge: true,
        contribution: 'think_along',
      },
      {
        title: 'Koffieochtend voor ouderen opzetten',
        owner: 'TOM',
        together: ['residents'],
        result: 'Elke woensdag, gemiddeld 16 bezoekers.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Beheer van de sleutels van het buurthuis regelen',
        owner: 'residents',
        result: 'Sleutelplan gemaakt met 5 vrijwilligers.',
      },
      {
        title: 'Nagaan of er een AED bij {plek} kan komen',
        owner: 'MO',
        result: 'AED geplaatst en aangemeld.',
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Subsidie aanvragen voor de buurtkast',
        owner: 'residents',
        together: ['SPL'],
        result: 'Subsidie toegekend uit het gebiedsbudget.',
      },
    ],
  },
];
