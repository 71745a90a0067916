import { CreatePlatform1765000000000 } from '../migrations/0001-platform.js';
import { CreateDirectory1765000001000 } from '../migrations/0002-directory.js';
import { CreateIdentity1765000002000 } from '../migrations/0003-identity.js';
import { CreateMeetings1765000003000 } from '../migrations/0004-meetings.js';
import { CreateActions1765000004000 } from '../migrations/0005-actions.js';
import { CreateMinutes1765000005000 } from '../migrations/0006-minutes.js';
import { CreateSessions1765000006000 } from '../migrations/0007-sessions.js';
import { CreateGoals1765000007000 } from '../migrations/0008-goals.js';
import { CreateWijkagenda1765000008000 } from '../migrations/0009-wijkagenda.js';
import { CreateReviews1765000009000 } from '../migrations/0010-reviews.js';
import { CreateDigests1765000010000 } from '../migrations/0011-digests.js';
import { CreateAdministration1765000011000 } from '../migrations/0012-administration.js';
import { AddNaturalOrder1765000012000 } from '../migrations/0013-natural-order.js';
import { ForgetDeletedWords1765000013000 } from '../migrations/0014-forget-deleted-words.js';
import { AddMailReleased1765000014000 } from '../migrations/0015-mail-released.js';
import { AddMeetingSuccessors1765000015000 } from '../migrations/0016-meeting-successors.js';
import { CreateKeptForms1765000016000 } from '../migrations/0017-kept-forms.js';
import { RebuildWordsOnRemoval1765000017000 } from '../migrations/0018-rebuild-words-on-removal.js';
import { AddTitleOrder1765000018000 } from '../migrations/0019-title-order.js';
import { NameSuccessorsOfEarlierMergers1765000019000 } from '../migrations/0020-successors-of-earlier-mergers.js';
import { IndexOfficers1765000020000 } from '../migrations/0021-officers.js';
import { CreateTreatments1765000021000 } from '../migrations/0022-treatments.js';
import { LengthenPasskeyIds1765000022000 } from '../migrations/0023-long-passkeys.js';
import { IndexOrderOfAllActions1765000023000 } from '../migrations/0024-order-of-all-actions.js';
import { CreateCurrentItems1765000024000 } from '../migrations/0025-current-item.js';
import { AddPlannedMinutes1765000025000 } from '../migrations/0026-planned-minutes.js';
import { CreateSearch1765000026000 } from '../migrations/0027-search.js';
import { CreateUntoldActions1765000029000 } from '../migrations/0030-untold-actions.js';
import { CreateDigestCalendar1765000030000 } from '../migrations/0031-digest-calendar.js';
import { AddEndOfSessions1765000041000 } from '../migrations/0041-end-of-sessions.js';
import { CreatePublicationRequests1765000036000 } from '../migrations/0036-publication-requests.js';
import { AddAreaAddress1765000031000 } from '../migrations/0032-area-address.js';
import { AddOtherOrganisations1765000033000 } from '../migrations/0029-on-behalf-of-several.js';
import { AddOpenAnnex1765000032000 } from '../migrations/0028-open-annex.js';
import { CreateClients1765000042000 } from '../migrations/0033-clients.js';
import { CreateBudget1765000043000 } from '../migrations/0042-budget.js';
import { CreateFiles1765000039000 } from '../migrations/0039-files.js';
import { CreateEvents1765000044000 } from '../migrations/0034-events.js';
import { CreateQuestions1765000045000 } from '../migrations/0043-questions.js';
import { AddRightsStamp1765000060000 } from '../migrations/0049-rights-stamp.js';
import { IndexActionsOfAnOwner1765000076000 } from '../migrations/0050-actions-of-an-owner.js';
import { IndexOpenActionsByArea1765000061000 } from '../migrations/0044-open-by-area.js';
import { IndexOpenActionsByOwnerAndNumber1765000075000 } from '../migrations/0058-open-by-owner-and-number.js';
import { MoveMessageBytes1765000080000 } from '../migrations/0054-message-bytes.js';
import { WriteWordsAlong1765000086000 } from '../migrations/0056-words-of-many.js';
import { PartImports1765000087000 } from '../migrations/0057-import-parts.js';
import { IndexRareReferences1765000088000 } from '../migrations/0059-rare-references.js';
import { FindByReference1765000089000 } from '../migrations/0060-find-by-reference.js';
import { AreaName } from './directory/areas/area-name.entity.js';
import { AreaParent } from './directory/areas/area-parent.entity.js';
import { Area } from './directory/areas/area.entity.js';
import { Contact } from './directory/people/contact.entity.js';
import { Grant } from './directory/people/grant.entity.js';
import { Membership } from './directory/people/membership.entity.js';
import { Organisation } from './directory/organisations/organisation.entity.js';
import { Person } from './directory/people/person.entity.js';
import { AgendaItemParty } from './meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from './meetings/agenda/agenda-item.entity.js';
import { Attendance } from './meetings/attendance/attendance.entity.js';
import { Invitation } from './meetings/invitation.entity.js';
import { Meeting } from './meetings/meeting.entity.js';
import { Session } from './meetings/session.entity.js';
import { ActionCoOwner } from './actions/action-co-owner.entity.js';
import { Escalation } from './actions/escalations/escalation.entity.js';
import { ActionParty } from './actions/action-party.entity.js';
import { ActionUpdate } from './actions/history/action-update.entity.js';
import { Action } from './actions/action.entity.js';
import { Discussion } from './actions/discussions/discussion.entity.js';
import { Treatment } from './actions/discussions/treatment.entity.js';
import { BudgetChange } from './budget/budget-change.entity.js';
import { Budget } from './budget/budget.entity.js';
import { InitiativeAction } from './budget/initiative-action.entity.js';
import { InitiativeChange } from './budget/initiative-change.entity.js';
import { Initiative } from './budget/initiative.entity.js';
import { QuestionChange } from './questions/question-change.entity.js';
import { Question } from './questions/question.entity.js';
import { MinutesEvent } from './minutes/minutes-event.entity.js';
import { MinutesName } from './minutes/minutes-name.entity.js';
import { MinutesPartParty } from './minutes/minutes-part-party.entity.js';
import { MinutesPart } from './minutes/minutes-part.entity.js';
import { MinutesVersion } from './minutes/minutes-version.entity.js';
import { Minutes } from './minutes/minutes.entity.js';
import { MailLink } from './platform/mail/mail-link.entity.js';
import { MessageBytes } from './platform/mail/message-bytes.entity.js';
import { OutgoingMessage } from './platform/mail/outgoing-message.entity.js';
import { DigestRun } from './digests/digest-run.entity.js';
import { ActionImportPart } from './actions/import/action-import-part.entity.js';
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
import { CurrentItem } from './sessions/current-item/current-item.entity.js';
import { SessionInvitation } from './sessions/invitations/session-invitation.entity.js';
import { UntoldAction } from './actions/recipients/untold-action.entity.js';
import { DigestCalendar } from './digests/digest-calendar.entity.js';
import { AuditEntry } from './platform/audit/audit-entry.entity.js';
import { AuditHead } from './platform/audit/audit-head.entity.js';
import { AuditStart } from './platform/audit/audit-start.entity.js';
import { RateCount } from './platform/access/rate-count.entity.js';
import { IdempotencyKey } from './platform/access/idempotency-key.entity.js';
import { Event } from './platform/events/event.entity.js';
import { WebhookDelivery } from './integrations/webhook-delivery.entity.js';
import { Webhook } from './integrations/webhook.entity.js';
import { ClientToken } from './identity/clients/client-token.entity.js';
import { Client } from './identity/clients/client.entity.js';
import { ApiToken } from './identity/api-token.entity.js';
import { Passkey } from './identity/passkey.entity.js';
import { SignInRequest } from './identity/sign-in-request.entity.js';
import { StoredFile } from './files/file.entity.js';
import { KeptForm } from './web/kept-form.entity.js';
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
import { PublicationRequest } from './wijkagenda/publications/publication-request.entity.js';
import { KoersoverzichtRequest } from './wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { WijkagendaParty } from './wijkagenda/wijkagenda-party.entity.js';
import { FormerState } from './platform/database/former-state.entity.js';
import { MailHold } from './platform/mail/mail-hold.entity.js';
import type { Schema } from './platform/database/data-source.js';

/** All tables and all their changes, listed in order. */
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
    Treatment,
    UntoldAction,
    Budget,
    BudgetChange,
    Initiative,
    InitiativeChange,
    InitiativeAction,
    Question,
    QuestionChange,
    MinutesEvent,
    MinutesName,
    MinutesPartParty,
    MinutesPart,
    MinutesVersion,
    Minutes,
    MailLink,
    MessageBytes,
    OutgoingMessage,
    DigestRun,
    DigestCalendar,
    ActionImport,
    ActionImportPart,
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
    CurrentItem,
    FormerState,
    MailHold,
    Upkeep,
    AuditEntry,
    AuditHead,
    AuditStart,
    IdempotencyKey,
    RateCount,
    ApiToken,
    Client,
    Event,
    Webhook,
    WebhookDelivery,
    ClientToken,
    Passkey,
    SignInRequest,
    WebSession,
    KeptForm,
    StoredFile,
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
    PublicationRequest,
  ],
  migrations: [
    CreatePlatform1765000000000,
    CreateDirectory1765000001000,
    CreateIdentity1765000002000,
    CreateMeetings1765000003000,
    CreateActions1765000004000,
    CreateMinutes1765000005000,
    CreateSessions1765000006000,
    CreateGoals1765000007000,
    CreateWijkagenda1765000008000,
    CreateReviews1765000009000,
    CreateDigests1765000010000,
    CreateAdministration1765000011000,
    AddNaturalOrder1765000012000,
    ForgetDeletedWords1765000013000,
    AddMailReleased1765000014000,
    AddMeetingSuccessors1765000015000,
    CreateKeptForms1765000016000,
    RebuildWordsOnRemoval1765000017000,
    AddTitleOrder1765000018000,
    NameSuccessorsOfEarlierMergers1765000019000,
    IndexOfficers1765000020000,
    CreateTreatments1765000021000,
    LengthenPasskeyIds1765000022000,
    IndexOrderOfAllActions1765000023000,
    CreateCurrentItems1765000024000,
    AddPlannedMinutes1765000025000,
    CreateSearch1765000026000,
    CreateUntoldActions1765000029000,
    CreateDigestCalendar1765000030000,
    AddAreaAddress1765000031000,
    AddOpenAnnex1765000032000,
    AddOtherOrganisations1765000033000,
    AddEndOfSessions1765000041000,
    CreatePublicationRequests1765000036000,
    CreateFiles1765000039000,
    CreateClients1765000042000,
    CreateBudget1765000043000,
    CreateEvents1765000044000,
    CreateQuestions1765000045000,
    AddRightsStamp1765000060000,
    IndexOpenActionsByArea1765000061000,
    IndexOpenActionsByOwnerAndNumber1765000075000,
    IndexActionsOfAnOwner1765000076000,
    MoveMessageBytes1765000080000,
    WriteWordsAlong1765000086000,
    PartImports1765000087000,
    IndexRareReferences1765000088000,
    FindByReference1765000089000,
  ],
};
