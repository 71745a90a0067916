import { CreateAreas1764000000000 } from '../migrations/0001-create-areas.js';
import { CreateOrganisations1764000001000 } from '../migrations/0002-create-organisations.js';
import { CreateMeetings1764000002000 } from '../migrations/0003-create-meetings.js';
import { CreateActions1764000003000 } from '../migrations/0004-create-actions.js';
import { CreateMinutes1764000004000 } from '../migrations/0005-create-minutes.js';
import { CreateMail1764000005000 } from '../migrations/0006-create-mail.js';
import { CreateReviews1764000006000 } from '../migrations/0007-create-reviews.js';
import { CreateAccess1764000007000 } from '../migrations/0008-create-access.js';
import { CreateGoals1764000008000 } from '../migrations/0009-create-goals.js';
import { NumberMinutesEvents1764000009000 } from '../migrations/0010-number-minutes-events.js';
import { CreateActionExchange1764000010000 } from '../migrations/0011-create-action-exchange.js';
import { MarkRefusedAddresses1764000011000 } from '../migrations/0012-mark-refused-addresses.js';
import { CreateCalendars1764000012000 } from '../migrations/0013-create-calendars.js';
import { GiveReviewsAVoice1764000013000 } from '../migrations/0014-give-reviews-a-voice.js';
import { CreateWebSessions1764000014000 } from '../migrations/0015-create-web-sessions.js';
import { SaySinceWhenMinutesReadSo1764000015000 } from '../migrations/0016-say-since-when-minutes-read-so.js';
import { KeepWordsOfActions1764000016000 } from '../migrations/0017-keep-words-of-actions.js';
import { ClaimMailByUrgency1764000017000 } from '../migrations/0018-claim-mail-by-urgency.js';
import { IndexTheYear1764000018000 } from '../migrations/0019-index-the-year.js';
import { HoldMail1764000019000 } from '../migrations/0020-hold-mail.js';
import { RememberTheRhythm1764000023000 } from '../migrations/0024-remember-the-rhythm.js';
import { CreateQuarterlyResults1764000026000 } from '../migrations/0027-create-quarterly-results.js';
import { CountRequests1764000027000 } from '../migrations/0028-count-requests.js';
import { ListFromOneIndex1764000028000 } from '../migrations/0029-list-from-one-index.js';
import { GuardWholeTables1764000029000 } from '../migrations/0030-guard-whole-tables.js';
import { KeepWordsRead1764000032000 } from '../migrations/0033-keep-words-read.js';
import { CountAYearFromOneIndex1764000035000 } from '../migrations/0036-count-a-year-from-one-index.js';
import { ReviewOneOpgave1764000036000 } from '../migrations/0037-review-one-opgave.js';
import { BindMinutes1764000040000 } from '../migrations/0041-bind-minutes.js';
import { CreateErasures1764000041000 } from '../migrations/0042-create-erasures.js';
import { NoteUpkeep1764000042000 } from '../migrations/0043-note-upkeep.js';
import { CreateRegisterImports1764000043000 } from '../migrations/0044-create-register-imports.js';
import { KeepFormerStates1764000044000 } from '../migrations/0045-keep-former-states.js';
import { BindAccountsOfTheProvider1764000046000 } from '../migrations/0047-bind-accounts-of-the-provider.js';
import { FindWhatServesAGoal1764000047000 } from '../migrations/0048-find-what-serves-a-goal.js';
import { FindRefusedAddresses1764000048000 } from '../migrations/0049-find-refused-addresses.js';
import { FindWhatWasMerged1764000049000 } from '../migrations/0050-find-what-was-merged.js';
import { CreatePasskeys1764000022000 } from '../migrations/0023-create-passkeys.js';
import { AreaName } from './directory/areas/area-name.entity.js';
import { AreaParent } from './directory/areas/area-parent.entity.js';
import { Area } from './directory/areas/area.entity.js';
import { Contact } from './directory/organisations/contact.entity.js';
import { Grant } from './directory/organisations/grant.entity.js';
import { Membership } from './directory/organisations/membership.entity.js';
import { Organisation } from './directory/organisations/organisation.entity.js';
import { Person } from './directory/organisations/person.entity.js';
import { AgendaItemParty } from './meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from './meetings/agenda/agenda-item.entity.js';
import { Attendance } from './meetings/attendance/attendance.entity.js';
import { Invitation } from './meetings/invitation.entity.js';
import { Meeting } from './meetings/meeting.entity.js';
import { Session } from './meetings/session.entity.js';
import { ActionCoOwner } from './actions/action-co-owner.entity.js';
import { Escalation } from './actions/escalations/escalation.entity.js';
import { ActionParty } from './actions/action-party.entity.js';
import { ActionUpdate } from './actions/action-update.entity.js';
import { Action } from './actions/action.entity.js';
import { Discussion } from './actions/discussions/discussion.entity.js';
import { MinutesEvent } from './minutes/minutes-event.entity.js';
import { MinutesName } from './minutes/minutes-name.entity.js';
import { MinutesPartParty } from './minutes/minutes-part-party.entity.js';
import { MinutesPart } from './minutes/minutes-part.entity.js';
import { MinutesVersion } from './minutes/minutes-version.entity.js';
import { Minutes } from './minutes/minutes.entity.js';
import { MailLink } from './platform/mail/mail-link.entity.js';
import { OutgoingMessage } from './platform/mail/outgoing-message.entity.js';
import { DigestRun } from './digests/digest-run.entity.js';
import { ActionImport } from './actions/import/action-import.entity.js';
import { RegisterImport } from './administration/register-import/register-import.entity.js';
import { RatingRound } from './reviews/ratings/rating-round.entity.js';
import { Rating } from './reviews/ratings/rating.entity.js';
import { ReviewParty } from './reviews/review-party.entity.js';
import { ReviewReaction } from './reviews/review-reaction.entity.js';
import { QuarterlyResult } from './wijkagenda/quarterly-results/quarterly-result.entity.js';
import { Review } from './reviews/review.entity.js';
import { ErasurePlace } from './administration/erasure/erasure-place.entity.js';
import { Erasure } from './administration/erasure/erasure.entity.js';
import { CalendarFeed } from './sessions/invitations/calendar-feed.entity.js';
import { SessionInvitation } from './sessions/invitations/session-invitation.entity.js';
import { AuditEntry } from './platform/audit/audit-entry.entity.js';
import { AuditHead } from './platform/audit/audit-head.entity.js';
import { AuditStart } from './platform/audit/audit-start.entity.js';
import { RateCount } from './platform/access/rate-count.entity.js';
import { IdempotencyKey } from './platform/access/idempotency-key.entity.js';
import { ApiToken } from './identity/api-token.entity.js';
import { Passkey } from './identity/passkey.entity.js';
import { SignInRequest } from './identity/sign-in-request.entity.js';
import { WebSession } from './identity/web-session.entity.js';
import { Opgave } from './goals/opgaven/opgave.entity.js';
import { Upkeep } from './administration/operations/upkeep.entity.js';
import { OpgaveDepartment } from './goals/opgaven/opgave-department.entity.js';
import { Goal } from './goals/goal.entity.js';
import { GoalAgreement } from './goals/goal-agreement.entity.js';
import { GoalMeasurement } from './goals/goal-measurement.entity.js';
import { GoalCourse } from './goals/goal-course.entity.js';
import { Judgement } from './actions/judgements/judgement.entity.js';
import { PartyLine } from './goals/party-line.entity.js';
import { Wijkagenda } from './wijkagenda/wijkagenda.entity.js';
import { WijkagendaGoal } from './wijkagenda/wijkagenda-goal.entity.js';
import { KoersoverzichtRequest } from './wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { WijkagendaParty } from './wijkagenda/wijkagenda-party.entity.js';
import { FormerState } from './platform/database/former-state.entity.js';
import { MailHold } from './platform/database/mail-hold.entity.js';
import type { Schema } from './platform/database/data-source.js';

/** Every table and every change to them, written out in order. */
export const SCHEMA: Schema = {
  entities: [
    AreaName,
    AreaParent,
    Area,
    Contact,
    Grant,
    Membership,
    Organisation,
    Person,
    AgendaItemParty,
    AgendaItem,
    Attendance,
    Invitation,
    Meeting,
    Session,
    ActionCoOwner,
    Escalation,
    ActionParty,
    ActionUpdate,
    Action,
    Discussion,
    MinutesEvent,
    MinutesName,
    MinutesPartParty,
    MinutesPart,
    MinutesVersion,
    Minutes,
    MailLink,
    OutgoingMessage,
    DigestRun,
    ActionImport,
    RegisterImport,
    RatingRound,
    Rating,
    ReviewParty,
    ReviewReaction,
    Review,
    QuarterlyResult,
    CalendarFeed,
    Erasure,
    ErasurePlace,
    SessionInvitation,
    FormerState,
    MailHold,
    Upkeep,
    AuditEntry,
    AuditHead,
    AuditStart,
    IdempotencyKey,
    RateCount,
    ApiToken,
    Passkey,
    SignInRequest,
    WebSession,
    Opgave,
    OpgaveDepartment,
    Goal,
    GoalAgreement,
    GoalMeasurement,
    GoalCourse,
    Judgement,
    PartyLine,
    Wijkagenda,
    WijkagendaGoal,
    WijkagendaParty,
    KoersoverzichtRequest,
  ],
  migrations: [
    CreateAreas1764000000000,
    CreateOrganisations1764000001000,
    CreateMeetings1764000002000,
    CreateActions1764000003000,
    CreateMinutes1764000004000,
    CreateMail1764000005000,
    CreateReviews1764000006000,
    CreateAccess1764000007000,
    CreateGoals1764000008000,
    NumberMinutesEvents1764000009000,
    CreateActionExchange1764000010000,
    MarkRefusedAddresses1764000011000,
    CreateCalendars1764000012000,
    GiveReviewsAVoice1764000013000,
    CreateWebSessions1764000014000,
    SaySinceWhenMinutesReadSo1764000015000,
    KeepWordsOfActions1764000016000,
    ClaimMailByUrgency1764000017000,
    IndexTheYear1764000018000,
    HoldMail1764000019000,
    CreatePasskeys1764000022000,
    RememberTheRhythm1764000023000,
    CreateQuarterlyResults1764000026000,
    CountRequests1764000027000,
    ListFromOneIndex1764000028000,
    GuardWholeTables1764000029000,
    KeepWordsRead1764000032000,
    CountAYearFromOneIndex1764000035000,
    ReviewOneOpgave1764000036000,
    BindMinutes1764000040000,
    CreateErasures1764000041000,
    NoteUpkeep1764000042000,
    CreateRegisterImports1764000043000,
    KeepFormerStates1764000044000,
    BindAccountsOfTheProvider1764000046000,
    FindWhatServesAGoal1764000047000,
    FindRefusedAddresses1764000048000,
    FindWhatWasMerged1764000049000,
  ],
};
