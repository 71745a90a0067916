import type { TopicData } from './topics.data.js';

/** Less frequent topics: traffic, housing, care, shops and communication. */
export const MORE_TOPICS: TopicData[] = [
  {
    title: 'Verkeer en parkeren',
    theme: 'mobiliteit',
    notes: [
      'Bij het halen en brengen staat de straat vast. De school wil meedoen aan een proef.',
      'Er is gemeten: acht van de tien rijden te hard. Bewoners willen drempels, REO wil eerst een plan.',
    ],
    decisions: ['Eerst meten, dan maatregelen.', 'De proef met een schoolstraat gaat door na de vakantie.', 'De smiley blijft drie maanden staan.', 'Over de oversteek beslissen we na de telling.', 'Tijdens halen en brengen controleert elke week een boa.', 'Drempels komen er alleen met steun van de aanwonenden.'],
    actions: [
      {
        title: 'Snelheid meten bij {plek}',
        owner: 'REO',
        together: ['POL'],
        result: 'Twee weken gemeten, cijfers gedeeld met bewoners.',
        isRequested: true,
      },
      {
        title: 'Proef met een schoolstraat voorbereiden',
        owner: 'REO',
        together: ['residents', 'BOA'],
        result: 'Proef van 6 weken gehouden, wordt vast.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Parkeervakken opnieuw markeren bij {plek}',
        owner: 'BOR',
        result: 'Markering aangebracht.',
        isRequested: true,
      },
      {
        title: 'Fietswrakken verwijderen bij {plek}',
        owner: 'BOA',
        result: '37 wrakken gelabeld en opgehaald.',
        isPublic: true,
      },
      {
        title: 'Oversteek bij {plek} bekijken met bewoners',
        owner: 'REO',
        result: 'Zebrapad op de lijst voor volgend jaar gezet.',
      },
      { title: 'Controle op parkeren tijdens halen en brengen', owner: 'BOA', result: '5 ochtenden gecontroleerd.' },
    ],
  },
  {
    title: 'Wonen en samenleven',
    theme: 'voorzieningen',
    notes: [
      'In het complex wonen steeds meer mensen die zorg nodig hebben. De corporatie zoekt een vast gezicht.',
      'De buurtbemiddeling heeft een wachttijd van drie weken.',
    ],
    decisions: ['De wijkconsulent houdt spreekuur in het complex.', 'Nieuwe huurders krijgen binnen een maand bezoek.', 'Buurtbemiddeling is de eerste stap bij burenruzie.', 'De huisregels hangen in elk portiek.', 'De corporaties stemmen hun verhuur voortaan met elkaar af.'],
    actions: [
      {
        title: 'Spreekuur houden in het complex bij {plek}',
        owner: 'corporation',
        together: ['TOM'],
        result: 'Spreekuur elke tweede dinsdag, gemiddeld 5 bezoekers.',
        isLarge: true,
      },
      {
        title: 'Portieken schouwen met huurders',
        owner: 'corporation',
        result: '9 portieken geschouwd, 5 worden geverfd.',
      },
      {
        title: 'Kennismaking met nieuwe bewoners organiseren',
        owner: 'TOM',
        together: ['residents', 'corporation'],
        result: 'Kennismaking gehouden met soep en taart, 40 mensen.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Buurtbemiddeling bekender maken',
        owner: 'TOM',
        result: 'Folder en bericht verspreid; 9 aanmeldingen.',
      },
      { title: 'Verhuurplan delen met de partners', owner: 'corporation', result: 'Plan toegelicht in het overleg.' },
    ],
  },
  {
    title: 'Zorg voor kwetsbare inwoners',
    theme: 'voorzieningen',
    notes: [
      'De wijkcoaches zien meer eenzaamheid. Huisartsen verwijzen nog weinig door.',
      'De huisbezoeken aan 75-plussers zijn begonnen. Niet iedereen doet open.',
    ],
    decisions: ['Huisbezoeken worden afgestemd met de vrijwilligers.', 'Signalen over schulden gaan binnen een week naar de wijkcoach.', 'De huisartsen krijgen één telefoonnummer voor de wijk.', 'De beweeggroep gaat door als er tien deelnemers zijn.', 'Boodschappenhulp loopt via het buurthuis.'],
    actions: [
      {
        title: 'Huisbezoeken aan 75-plussers afleggen',
        owner: 'TOM',
        result: '60 bezoeken gedaan, 8 keer hulp geregeld.',
        isLarge: true,
      },
      {
        title: 'Overleg met de huisartsen plannen',
        owner: 'TOM',
        together: ['MO'],
        result: 'Overleg geweest, vaste contactpersoon afgesproken.',
      },
      {
        title: 'Vrijwilligers zoeken voor boodschappenhulp',
        owner: 'residents',
        together: ['TOM'],
        result: '7 vrijwilligers.',
        contribution: 'carry_out',
      },
      {
        title: 'Signalen over schulden sneller doorgeven',
        owner: 'corporation',
        together: ['MO', 'TOM'],
        result: 'Werkafspraak gemaakt, doorlooptijd twee weken.',
      },
      {
        title: 'Beweeggroep voor ouderen starten bij {plek}',
        owner: 'ABE',
        result: 'Groep van 15, elke donderdag.',
        isPublic: true,
      },
    ],
  },
  {
    title: 'Winkels en bedrijvigheid',
    theme: 'ruimtelijke en economische ontwikkeling',
    notes: [
      'Twee panden staan leeg. Ondernemers willen wel, maar niet ieder voor zich.',
      'De plannen voor de herinrichting liggen ter inzage. Bewoners missen een duidelijke tekening.',
    ],
    decisions: ['De gemeente legt de plannen uit op een avond in het dorpshuis.', 'Leegstaande etalages mogen tijdelijk gebruikt worden.', 'Terrassen blijven binnen de lijnen van de vergunning.', 'De braderie krijgt één aanspreekpunt.', 'De winkeliers betalen de helft van de borden.'],
    actions: [
      {
        title: 'Ondernemers uitnodigen over leegstand bij {plek}',
        owner: 'REO',
        result: 'Avond gehouden, een pand krijgt een tijdelijke vulling.',
      },
      {
        title: 'Plannen voor de herinrichting uitleggen aan bewoners',
        owner: 'REO',
        together: ['W&K'],
        result: 'Inloopavond met 70 bezoekers, verslag gepubliceerd.',
        isLarge: true,
        isRequested: true,
      },
      {
        title: 'Terras en uitstallingen controleren',
        owner: 'VTH',
        result: 'Ronde gelopen, 3 ondernemers aangesproken.',
      },
      {
        title: 'Vergunning voor de braderie afstemmen',
        owner: 'VTH',
        together: ['POL'],
        result: 'Vergunning verleend met afspraken over geluid.',
      },
      { title: 'Verwijsborden naar {plek} vervangen', owner: 'U&S', result: '6 borden vervangen.' },
    ],
  },
  {
    title: 'Communicatie met bewoners',
    theme: 'participatie',
    notes: [
      'Bewoners horen te weinig terug op hun meldingen. Serviceplein kijkt of dat anders kan.',
      'De nieuwsbrief bereikt vooral ouderen. Het idee is om ook de school te gebruiken.',
    ],
    decisions: ['Elke melder krijgt binnen twee weken antwoord, ook als het nee is.', 'De dorpskrant krijgt elk kwartaal een stuk over dit overleg.', 'Wat is opgelost, staat ook op de website van het dorp.', 'De wijkschouw is elk half jaar, met bewoners.', 'Wie een vraag stelde, hoort wie erover beslist.'],
    actions: [
      {
        title: 'Terugkoppeling op meldingen verbeteren',
        owner: 'SPL',
        together: ['BOR'],
        result: 'Nieuwe standaardbrief; klachten nemen af.',
        isRequested: true,
      },
      { title: 'Artikel voor de dorpskrant schrijven', owner: 'W&K', result: 'Artikel geplaatst.' },
      {
        title: 'Wijkschouw houden met bewoners rond {plek}',
        owner: 'W&K',
        together: ['BOR', 'residents'],
        result: 'Schouw gehouden, 21 punten, 9 al opgelost.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Overzicht van lopende projecten maken',
        owner: 'W&K',
        result: 'Overzicht staat op de site en hangt in het buurthuis.',
      },
      { title: 'Inwonersadviesraad bijpraten over het gebied', owner: 'W&K', result: 'Bijgepraat, advies volgt.' },
    ],
  },
];
