/** SQL for all messages, each with its bytes; null if it was not composed, or is forgotten. */
export const STORED_MESSAGES = `(SELECT m.*, b."bytes" FROM "outgoing_messages" m
  LEFT JOIN "message_bytes" b ON b."messageId" = m."id") stored`;
