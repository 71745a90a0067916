import type { FormWords } from '../web/forms.js';
import type { Course } from './goal-course.entity.js';
import type { CourseKind, Direction, GoalKind, Metric, MetricKind } from './goal.entity.js';

export const GOAL_KIND_WORDS: Record<GoalKind, string> = { process: 'procesdoel', result: 'resultaatdoel' };
/** The kinds of goal with an explanation, as options. */
export const GOAL_KIND_CHOICES: Record<GoalKind, string> = {
  process: `${GOAL_KIND_WORDS.process}: hoe wij samenwerken`,
  result: `${GOAL_KIND_WORDS.result}: wat er verandert`,
};
export const COURSE_KIND_WORDS: Record<CourseKind, string> = {
  line: 'in een rechte lijn naar de streefwaarde',
  milestone: 'een mijlpaal: bereikt of niet',
  at_end: 'pas aan het eind te meten, bijvoorbeeld met een enquête',
};
/** What the form asks, and the SMART check as long as it has no answer. */
export const GOAL_QUESTIONS = {
  description: 'Wat gaat u doen, waar en voor wie?',
  endResult: 'Wat is er anders als het doel is bereikt?',
  direction: 'Moet de waarde omhoog of omlaag?',
  source: 'Waar komen de cijfers vandaan?',
} as const;
/** What can be counted from what is recorded here; `:original` is against the deadline that was agreed first. */
export const METRIC_CHOICES: Record<string, string> = {
  minutes_sent: 'verslagen die binnen een aantal dagen zijn verstuurd',
  sessions_held: 'vergaderingen die zijn gehouden (een aantal)',
  attendance: 'aanwezigheid van een organisatie, of van alle',
  actions_on_time: 'acties die op tijd klaar zijn',
  'actions_on_time:original': 'acties die op de eerst afgesproken datum klaar zijn',
  actions_completed: 'acties die klaar zijn',
  partner_share: 'acties die partners doen',
  judged_realised: 'acties die volgens een organisatie zijn gelukt',
};
/** "verslagen die binnen 7 dagen zijn verstuurd", "aanwezigheid van Politie". */
export function figureWords({ kind, days, against }: Metric, organisation: string | null): string {
  const words: Record<MetricKind, string> = {
    minutes_sent: `verslagen die binnen ${days} ${days === 1 ? 'dag' : 'dagen'} zijn verstuurd`,
    sessions_held: 'vergaderingen die zijn gehouden',
    attendance: `aanwezigheid van ${organisation ?? 'alle organisaties'}`,
    actions_on_time: `acties die op ${against === 'original' ? 'de eerst afgesproken datum' : 'tijd'} klaar zijn`,
    actions_completed: 'acties die klaar zijn',
    partner_share: 'acties die partners doen',
    judged_realised: `acties die volgens ${organisation ?? 'een partij'} zijn gelukt`,
  };
  return words[kind];
}
export const DIRECTION_WORDS: Record<Direction, string> = { up: 'omhoog', down: 'omlaag' };

const COURSE_WORDS: Record<Course, string> = { green: 'groen', orange: 'oranje', red: 'rood', grey: 'grijs' };
/** The meaning of a course, beside a light or before the progress: "Op koers; 83% bereikt". */
export const COURSE_MEANINGS: Record<Course, string> = {
  green: 'Op koers',
  orange: 'Bijsturen',
  red: 'Niet op koers',
  grey: 'Nog niet bekend',
};
/** The options of a chair, who chooses the colour of the light. */
export const COURSE_CHOICE_WORDS: Record<Exclude<Course, 'grey'>, string> = {
  green: 'Groen: op koers',
  orange: 'Oranje: bijsturen',
  red: 'Rood: niet op koers',
};
/** Shown inside the light, so that it does not rely on colour alone. */
const COURSE_LETTERS: Record<Course, string> = { green: 'G', orange: 'O', red: 'R', grey: '–' };

interface Light {
  course: string;
  letter: string;
  words: string;
}

/** Why the light of a goal is grey. */
interface Greyness {
  lastMeasurement: unknown;
  courseKind: CourseKind;
  startsOn: string | null;
}

/** "grijs: niet gemeten" differs from "grijs: nog geen koers bepaald". */
export const greyWords = (greyness: Greyness, today: string): string =>
  `${COURSE_WORDS.grey}: ${greyReason(greyness, today)}`;

export function greyReason({ lastMeasurement, courseKind, startsOn }: Greyness, today: string): string {
  const begun = startsOn !== null && startsOn <= today;
  if (!begun) return 'nog niet begonnen';
  const isUnmeasured = lastMeasurement === null && courseKind !== 'milestone';
  return isUnmeasured ? 'niet gemeten' : 'nog geen koers bepaald';
}

/** The same on documents and public pages. */
export const courseMeaning = (course: Course, isMeasured: boolean): string =>
  course === 'grey' ? (isMeasured ? 'Nog geen koers bepaald' : 'Nog niet gemeten') : COURSE_MEANINGS[course];

export const lightOf = (course: Course, grey = COURSE_MEANINGS.grey): Light => ({
  course,
  letter: COURSE_LETTERS[course],
  words: course === 'grey' ? grey : COURSE_MEANINGS[course],
});

/** "6,5" */
export const inNumbers = (value: number): string => String(value).replace('.', ',');

const NUMBER = 'Vul een getal in, zoals 40 of 6,5.';
const HEADS = 'Vul een heel aantal mensen in.';
export const GOAL_WORDS: FormWords = {
  fields: {
    title: 'Vul een titel in, van hoogstens 200 tekens.',
    kind: 'Kies een soort.',
    areaId: 'Kies een gebied.',
    theme: 'Een thema heeft hoogstens 100 tekens.',
    indicator: 'Hoogstens 200 tekens.',
    unit: 'Hoogstens 50 tekens.',
    source: 'Schrijf waar de cijfers vandaan komen, in hoogstens 200 tekens.',
    metricKind: 'Kies wat er geteld wordt.',
    metricDays: 'Vul in binnen hoeveel dagen, van 0 tot en met 365.',
    metricOrganisationId: 'Kies een organisatie.',
    baseline: NUMBER,
    target: NUMBER,
    budget: NUMBER,
    budgetCeiling: NUMBER,
    peopleAsked: HEADS,
    peopleAnswered: HEADS,
    peopleInFavour: HEADS,
    baselineOn: 'Kies een datum die bestaat.',
    baselinePlannedOn: 'Kies een datum die bestaat.',
    startsOn: 'Kies een datum die bestaat.',
    endsOn: 'Kies een datum die bestaat.',
    courseKind: 'Kies hoe het verloopt.',
    // Fields of the other forms on the page.
    agrees: 'Kies of de organisatie instemt.',
    comment: 'Schrijf erbij waarom niet. Zo weten de anderen waar het op vastzit.',
    organisationId: 'Kies voor welke organisatie. Alleen wie in dit gebied bij een overleg hoort, kan antwoorden.',
    measuredOn: 'Kies de dag van de meting. Die ligt niet in de toekomst.',
    value: NUMBER,
    text: 'Schrijf een regel, van hoogstens 2000 tekens.',
    judgement: 'Kies een antwoord.',
    course: 'Kies een kleur.',
    cause: 'Schrijf op waardoor het komt.',
    consequence: 'Schrijf op wat het gevolg is.',
    measure: 'Schrijf op wat u eraan doet.',
  },
  codes: {
    GOAL_NOT_SMART: 'Dit doel is nog niet SMART. Hieronder staat wat er nog nodig is.',
    GOAL_ACTIVE: 'Dit doel is al actief.',
    GOAL_IS_DRAFT: 'Dit doel is nog een concept. Maak het eerst actief.',
    COURSE_IS_GREY: 'Voor dit doel is nog geen koers te bepalen: het is nog niet begonnen of nog niet gemeten.',
    MEASURED_THAT_DAY: 'Van die dag is er al een meting.',
  },
};
