import type { OrganisationKey } from './organisations.data.js';

/** An organisation, or the corporation or residents' organisation at that table. */
export type OwnerKey = OrganisationKey | 'corporation' | 'residents';

export interface ActionData {
  /** `{plek}` is replaced by a place in the area. */
  title: string;
  owner: OwnerKey;
  together?: OwnerKey[];
  result: string;
  isLarge?: true;
  /** Requested by the residents' organisation. */
  isRequested?: true;
  isPublic?: true;
  contribution?: 'think_along' | 'take_part' | 'carry_out';
}

export interface TopicData {
  title: string;
  theme: string;
  notes: string[];
  decisions: string[];
  actions: ActionData[];
}

/** The most frequent topics: clean, whole and safe, and green spaces maintained with residents. */
export const TOPICS: TopicData[] = [
  {
    title: 'Groenparticipatie',
    theme: 'participatie',
    notes: [
      'Bewoners willen zelf een deel van het groen beheren. BOR vraagt om vaste afspraken over afval en gereedschap.',
      'De proef met zelfbeheer loopt goed. Aandachtspunt is wie er maait als er niemand kan.',
      'Drie straten hebben zich gemeld voor een geveltuin. Niet elke stoep is breed genoeg.',
    ],
    decisions: ['Zelfbeheer gaat door onder de voorwaarden van BOR.', 'De straten worden een voor een bezocht.', 'Geveltuinen mogen waar de stoep breed genoeg is.', 'De groendag blijft in het voorjaar.', 'Wie een boomspiegel beheert, krijgt plantgoed van BOR.', 'Heesters bij oversteken blijven laag.'],
    actions: [
      {
        title: 'Afspraken maken over zelfbeheer van het groen bij {plek}',
        owner: 'BOR',
        together: ['residents'],
        result: 'Overeenkomst zelfbeheer getekend met 11 bewoners.',
        isLarge: true,
        isRequested: true,
        isPublic: true,
        contribution: 'carry_out',
      },
      {
        title: 'Gereedschap en plantgoed regelen voor de groendag',
        owner: 'BOR',
        result: 'Kar met gereedschap en 200 planten geleverd.',
        isPublic: true,
      },
      {
        title: 'Bewoners uitnodigen voor de groendag bij {plek}',
        owner: 'residents',
        together: ['W&K'],
        result: '36 bewoners deden mee.',
        isLarge: true,
        contribution: 'carry_out',
      },
      {
        title: 'Uitzoeken welke stoepen breed genoeg zijn voor geveltuinen',
        owner: 'BOR',
        result: 'Kaart met 4 straten gemaakt; twee vallen af.',
        isRequested: true,
      },
      {
        title: 'Voorstel maken voor bloembakken bij {plek}',
        owner: 'residents',
        together: ['BOR'],
        result: '4 bakken geplaatst, bewoners geven water.',
        contribution: 'carry_out',
      },
      {
        title: 'Snoeironde heesters naar voren halen bij {plek}',
        owner: 'BOR',
        result: 'Gesnoeid, het zicht is hersteld.',
        isRequested: true,
      },
      {
        title: 'Contactpersoon groen bekendmaken aan bewoners',
        owner: 'W&K',
        result: 'Naam en nummer staan in de wijkkrant en op de site.',
      },
    ],
  },
  {
    title: 'Buurtpreventie',
    theme: 'schoon-heel-veilig',
    notes: [
      'De politie ziet meer babbeltrucs aan de deur. De app-groep bereikt vooral koopwoningen.',
      'Het aantal woninginbraken is lager dan vorig jaar. De app-groepen melden minder, maar gerichter.',
      'Er zijn genoeg deelnemers, maar te weinig beheerders van de groepen.',
    ],
    decisions: ['De app-groepen krijgen een gezamenlijke instructie.', 'De schouw wordt elk half jaar herhaald.', 'Elke app-groep krijgt een vaste contactpersoon bij de politie.', 'Donkere plekken gaan voor bij het herstel van lampen.', 'De avond over babbeltrucs komt elk najaar terug.', 'Nieuwe borden komen alleen waar een app-groep is.'],
    actions: [
      {
        title: 'Avond over babbeltrucs en inbraak organiseren',
        owner: 'POL',
        together: ['residents', 'TOM'],
        result: 'Avond gehouden, 54 bezoekers, 12 nieuwe deelnemers.',
        isLarge: true,
        isPublic: true,
      },
      {
        title: 'Beheerders zoeken voor de buurtpreventie-app',
        owner: 'residents',
        together: ['POL'],
        result: '3 nieuwe beheerders gevonden.',
        contribution: 'carry_out',
      },
      {
        title: 'Borden buurtpreventie plaatsen bij {plek}',
        owner: 'BOR',
        result: '8 borden geplaatst.',
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Donkere plekken bij {plek} schouwen en doorgeven',
        owner: 'POL',
        together: ['BOR'],
        result: 'Schouw gedaan, 7 punten doorgegeven.',
      },
      {
        title: 'Lampen repareren en bijplaatsen bij {plek}',
        owner: 'BOR',
        result: '5 lampen hersteld, een bijgeplaatst.',
        isLarge: true,
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Instructie voor de app-groepen rondsturen',
        owner: 'POL',
        result: 'Instructie rondgestuurd aan alle groepen.',
      },
      {
        title: 'Huurders zonder internet benaderen over buurtpreventie',
        owner: 'corporation',
        together: ['TOM'],
        result: 'Huisbezoeken gedaan, 23 huurders bereikt.',
      },
    ],
  },
  {
    title: 'Zwerfvuil en bijplaatsingen',
    theme: 'schoon-heel-veilig',
    notes: [
      'Bij de ondergrondse containers staat elke maandag afval naast. Handhaven alleen helpt niet.',
      'Het is schoner geworden. De bewoners die met grijpers lopen willen ze graag zelf bewaren.',
      'De meldingen over hondenpoep nemen toe. De boa heeft twee keer gecontroleerd.',
    ],
    decisions: ['Eerst een proef van drie maanden, daarna besluiten over een extra container.', 'Wie grofvuil naast de container zet, krijgt eerst een brief en dan een boete.', 'De prullenbakken worden in de zomer twee keer per week geleegd.', 'De scholen kiezen elk een dag voor hun opruimactie.', 'Er komt geen extra container zolang de proef loopt.'],
    actions: [
      {
        title: 'Extra prullenbak plaatsen bij {plek}',
        owner: 'BOR',
        result: 'Prullenbak geplaatst en in de ronde opgenomen.',
        isRequested: true,
        isPublic: true,
      },
      {
        title: 'Opruimactie zwerfvuil met de school bij {plek}',
        owner: 'residents',
        together: ['ABE', 'BOR'],
        result: 'Opruimactie gehouden met twee groepen acht, 31 zakken.',
        isLarge: true,
        isPublic: true,
        contribution: 'carry_out',
      },
      {
        title: 'Controleren op bijplaatsingen bij de containers',
        owner: 'BOA',
        result: '9 controles, 4 waarschuwingen, een boete.',
      },
      { title: 'Grijpers en ringen uitdelen aan vrijwilligers', owner: 'BOR', result: '20 sets uitgedeeld.' },
      {
        title: 'Brief over grofvuil aan de huurders bij {plek}',
        owner: 'corporation',
        result: 'Brief in 3 talen bezorgd.',
      },
      {
        title: 'Uitzoeken of een extra container mogelijk is',
        owner: 'BOR',
        together: ['U&S'],
        result: 'Kan niet door kabels en leidingen; alternatief voorgesteld.',
      },
      {
        title: 'Hondenroute en poepzakjes terugbrengen bij {plek}',
        owner: 'BOR',
        result: 'Twee automaten geplaatst.',
        isRequested: true,
      },
    ],
  },
];
