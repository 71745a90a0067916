import type { FormWords } from '../../web/forms.js';

export const AREA_WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 200 tekens.',
    code: 'Vul een code in van twee tot vijf hoofdletters.',
    kind: 'Kies een soort.',
    parentId: 'Kies waar dit gebied onder valt. Alleen de gemeente zelf valt nergens onder.',
    parentFromOn: 'Kies een datum die niet voor de vorige verhuizing ligt.',
    cbsCode: 'Een CBS-code heeft hoogstens tien tekens.',
    contactEmail: 'Vul een e-mailadres in dat klopt, zoals wijk@gemeente.nl.',
    inhabitants: 'Schrijf op elke regel een jaar en een aantal, bijvoorbeeld: 2026 4125',
  },
  codes: {
    CODE_TAKEN: 'Er is al een gebied met deze code. Kies een andere.',
    NAME_TAKEN: 'Er is al een gebied met deze naam. Kies een andere.',
    ROOT_EXISTS: 'Er is al een gemeente. Kies een andere soort.',
    AREA_LOOP: 'Een gebied kan niet onder zichzelf vallen.',
    AREA_MERGED: 'Dit gebied is samengevoegd met een ander, en kan niet meer wijzigen.',
  },
};

export const PERSON_WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 200 tekens.',
    email: 'Vul een e-mailadres in dat klopt, zoals naam@organisatie.nl.',
    organisationId: 'Kies een organisatie. Zonder organisatie kan iemand geen functie of gebied hebben.',
    contactAreaId: 'Kies een gebied uit de lijst.',
    function: 'Een functie heeft hoogstens 200 tekens.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste.',
    replacementId: 'Vul het adres in van een ander die hier bekend is en nog meedoet.',
    replacementUntilOn: 'Kies tot en met welke dag, vandaag of later.',
    takerId: 'Vul het adres in van een collega die hier bekend is.',
  },
  codes: {
    EMAIL_TAKEN: 'Er is al iemand met dit e-mailadres.',
    MEMBERSHIP_EXISTS: 'Deze persoon hoort in die tijd al bij deze organisatie.',
    CONTACT_EXISTS: 'In dat gebied geeft vanaf die dag al iemand anders antwoord voor deze organisatie.',
    LAST_ADMINISTRATOR:
      'Dan is er vanaf een dag geen beheerder meer. Geef eerst iemand anders die rol, zonder laatste dag.',
  },
};

export const CONTACT_WORDS: FormWords = {
  fields: {
    organisationId: 'Kies een organisatie.',
    areaId: 'Kies een gebied uit de lijst.',
    personId:
      'Vul het adres in van iemand die hier bekend is en nog voor deze organisatie werkt. Is diegene er nog niet? Voeg dan eerst de persoon toe.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste.',
  },
  codes: {
    CONTACT_EXISTS: 'In die tijd geeft iemand anders al antwoord voor deze organisatie. Kies een andere periode.',
  },
};

export const GRANT_WORDS: FormWords = {
  fields: {
    personId: 'Vul het adres in van iemand die hier bekend is.',
    role: 'Kies een rol.',
    areaId: 'Kies een gebied. Een beheerder is er voor de hele gemeente.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste. Met gisteren eindigt de rol meteen.',
  },
  codes: {
    GRANT_EXISTS: 'Deze persoon heeft deze rol daar al in die tijd.',
    LAST_ADMINISTRATOR:
      'Dan is er vanaf een dag geen beheerder meer. Geef eerst iemand anders die rol, zonder laatste dag.',
  },
};

export const ORGANISATION_WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 200 tekens.',
    kind: 'Kies een soort.',
    aliases: 'Hoogstens twintig andere namen, elk één keer en van hoogstens 200 tekens.',
  },
  codes: {
    NAME_TAKEN: 'Er is al een organisatie met deze naam.',
    ALREADY_EXISTS: 'Er is al een organisatie met deze naam.',
    ORGANISATION_MERGED: 'Deze organisatie is al samengevoegd.',
  },
};

export const TOKEN_WORDS: FormWords = {
  fields: { name: 'Vul een naam in, van hoogstens 100 tekens.', days: 'Vul een aantal dagen in van 1 tot en met 366.' },
};

export const ERASURE_WORDS = {
  fields: { ground: 'Schrijf op waarom de naam verdwijnt.', alsoKnownAs: 'Schrijf minstens drie letters.' },
  codes: {
    LAST_ADMINISTRATOR:
      'Dan is er vanaf een dag geen beheerder meer. Maak eerst iemand anders beheerder, zonder laatste dag.',
    PERSON_ERASED: 'De naam van deze persoon is al verwijderd.',
  },
};
