import type { TopicData } from './topics.data.js';

/** Topics of the bestuurstafel, at which partners decide on what a professionaloverleg cannot. */
export const BOARD_TOPICS: TopicData[] = [
  {
    title: 'Inzet van mensen over de kernen',
    theme: 'voorzieningen',
    notes: ['De kernen vragen samen om meer uren dan er zijn. De partners willen kiezen, niet verdelen.'],
    decisions: ['Boskoop gaat dit half jaar voor.', 'De verdeling blijft zoals zij is.', 'De uren worden elk half jaar opnieuw bekeken.', 'De wijkagenten vervangen elkaar.'],
    actions: [
      {
        title: 'Uren van wijkcoaches en jongerenwerk opnieuw verdelen',
        owner: 'MO',
        together: ['COL'],
        result: 'Verdeling vastgesteld voor een half jaar.',
        isLarge: true,
      },
      {
        title: 'Vaste vervanging van de wijkagenten regelen',
        owner: 'POL',
        result: 'Voor elke kern staat een vervanger op de lijst.',
      },
      {
        title: 'Cijfers over overlast delen met de corporaties',
        owner: 'POL',
        together: ['WCE', 'TRI'],
        result: 'De cijfers komen nu elk kwartaal.',
      },
    ],
  },
  {
    title: 'Geld voor het gebied',
    theme: 'participatie',
    notes: ['Van het gebiedsbudget is de helft uitgegeven. De dorpsraad wil eerder weten wat er nog kan.'],
    decisions: ['Het budget wordt elk kwartaal gedeeld met de dorpsraad.', 'Wat overblijft, gaat mee naar het volgende jaar.', 'Gezamenlijk onderhoud gaat voor losse aanvragen.'],
    actions: [
      {
        title: 'Stand van het gebiedsbudget delen',
        owner: 'DIR',
        result: 'Overzicht gedeeld met alle partners.',
      },
      {
        title: 'Voorstel maken voor gezamenlijk onderhoud',
        owner: 'WCE',
        together: ['TRI', 'BOR'],
        result: 'Een aannemer doet voortaan beide complexen.',
        isLarge: true,
      },
      {
        title: 'Raad bijpraten over de drie kernen',
        owner: 'COL',
        result: 'Raadsleden gingen mee op de fiets.',
        isPublic: true,
      },
    ],
  },
];

/** Topics of an inloop, at which residents of a buurt tell what bothers them. */
export const WALK_IN_TOPICS: TopicData[] = [
  {
    title: 'Wat speelt er in de buurt',
    theme: 'schoon-heel-veilig',
    notes: ['Twaalf bewoners kwamen langs, vooral over verlichting en hard rijden.'],
    decisions: ['Wie iets meldde, wordt teruggebeld.'],
    actions: [
      {
        title: 'Lantaarnpaal bij {plek} nakijken',
        owner: 'BOR',
        result: 'Lamp vervangen.',
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Melders terugbellen na de inloop',
        owner: 'GRO',
        result: 'Alle melders zijn gebeld.',
        contribution: 'carry_out',
      },
      {
        title: 'Controle op hard rijden bij {plek}',
        owner: 'POL',
        result: '3 keer gecontroleerd op de spits.',
        isRequested: true,
      },
    ],
  },
  {
    title: 'Samen doen',
    theme: 'participatie',
    notes: ['Een paar bewoners willen zelf iets beginnen, als iemand helpt met de eerste stap.'],
    decisions: ['Buurtbeheer helpt met de aanvraag.'],
    actions: [
      {
        title: 'Plantdag houden bij {plek}',
        owner: 'GRO',
        together: ['BOR'],
        result: 'Met 14 buren 90 bollen geplant.',
        isLarge: true,
        isPublic: true,
        contribution: 'carry_out',
      },
      {
        title: 'Koffie-uur beginnen in de buurtkamer',
        owner: 'TOM',
        together: ['GRO'],
        result: 'Elke vrijdag koffie, gemiddeld 11 bewoners.',
        isPublic: true,
      },
      {
        title: 'Gereedschapskast vullen met bewoners',
        owner: 'GRO',
        result: 'De kast is vol en heeft twee beheerders.',
        contribution: 'carry_out',
      },
    ],
  },
];
