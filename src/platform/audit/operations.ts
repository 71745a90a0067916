/** Everything the audit trail records, by object. An operation of an earlier version stays, since its entries do. */
const OPERATIONS = {
  action: [
    ...(['recorded', 'status_changed', 'reopened', 'deadline_changed', 'owner_changed', 'handed_back'] as const),
    ...([
      'edited',
      'commented',
      'discussion_asked',
      'withdrawn',
      'escalated',
      'escalation_answered',
      'judged',
    ] as const),
    ...(['parties_changed', 'read', 'redacted', 'completed'] as const),
  ],
  action_import: ['executed', 'proposed'],
  administrator: ['created'],
  agenda_item: ['accepted', 'added', 'changed', 'declined', 'parties_changed', 'proposed', 'read', 'removed'],
  area: ['archived', 'changed', 'created', 'merged'],
  attendance: ['answered', 'changed', 'filled_in', 'recorded', 'removed'],
  audit: ['destroyed'],
  budget: ['changed', 'created'],
  calendar_feed: ['ended', 'made'],
  client: ['changed', 'created', 'ended'],
  client_token: ['issued', 'revoked', 'rotated'],
  contact: ['changed', 'created'],
  decisions: ['read'],
  demo: ['seeded'],
  digest: ['message_retried', 'planned', 'skipped'],
  digest_calendar: ['changed'],
  discussion: ['changed', 'taken_back'],
  discussions: ['acceptance_undone', 'accepted', 'read'],
  file: ['added', 'published', 'redacted', 'removed', 'unpublished'],
  goal: ['activated', 'answered', 'changed', 'course_decided', 'created', 'judged', 'line_added', 'measured'],
  grant: ['changed', 'created'],
  guest: ['erased'],
  initiative: ['changed', 'granted', 'recorded', 'refused', 'undecided'],
  invitation: ['changed', 'created'],
  koersoverzicht: ['asked', 'stopped'],
  meeting: ['changed', 'created', 'ended'],
  membership: ['changed', 'created'],
  minutes: [
    ...(['adopted', 'bound', 'composed', 'confidential_read', 'destroyed', 'held', 'held_back', 'redacted'] as const),
    ...(['remarked', 'sent'] as const),
  ],
  opgave: ['changed', 'confirmed', 'created', 'line_added'],
  organisation: ['changed', 'created', 'merged'],
  passkey: ['registered', 'removed'],
  passkeys: ['removed'],
  person: [
    ...(['changed', 'created', 'deactivated', 'digest_paused', 'digest_resumed', 'digest_stopped'] as const),
    ...(['erased', 'exported'] as const),
  ],
  publication: ['asked', 'stopped'],
  quarterly_result: ['changed', 'created', 'published', 'removed', 'sent', 'withdrawn'],
  question: ['agreed', 'changed', 'recorded', 'reopened', 'settled'],
  rating: ['changed', 'given'],
  rating_round: ['closed', 'opened'],
  register_import: ['executed', 'proposed'],
  remarks: ['confidential_read'],
  retention: [
    ...(['actions_destroyed', 'audit_destroyed', 'idempotency_keys_destroyed', 'imports_destroyed'] as const),
    ...(['initiatives_destroyed', 'links_destroyed', 'mail_destroyed', 'mail_texts_destroyed'] as const),
    ...(['minutes_destroyed', 'questions_destroyed', 'ratings_destroyed', 'sessions_destroyed'] as const),
    ...(['sign_ins_destroyed', 'tokens_destroyed', 'webhooks_destroyed'] as const),
  ],
  review: ['changed', 'circulated', 'created', 'frozen', 'published', 'reacted', 'removed', 'withdrawn'],
  search: ['read'],
  session: [
    ...(['cancelled', 'changed', 'closed', 'convened', 'item_called', 'moved', 'opened', 'opening_undone'] as const),
    ...(['planned', 'reopened'] as const),
  ],
  sign_in: ['refused'],
  sign_in_link: ['issued'],
  token: ['issued', 'revoked'],
  web_session: ['ended', 'started'],
  webhook: ['changed', 'created', 'ended', 'event_retried', 'secret_rotated'],
  wijkagenda: ['adopted', 'changed', 'closed', 'created', 'goals_placed', 'published', 'withdrawn'],
} as const;

type Objects = typeof OPERATIONS;

/** `person.changed`. */
export type AuditOperation = { [O in keyof Objects]: `${O}.${Objects[O][number]}` }[keyof Objects];

export const AUDIT_OPERATIONS: readonly AuditOperation[] = Object.entries(OPERATIONS).flatMap(([object, verbs]) =>
  verbs.map((verb) => `${object}.${verb}` as AuditOperation),
);
