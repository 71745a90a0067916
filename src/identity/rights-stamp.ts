/** On PostgreSQL, renewed with every change to anything that permissions are derived from (migration 0049). */
export const STAMP_TABLE = 'rights_stamp';
export const STAMP_FUNCTION = 'renew_rights_stamp()';

/** SQL of the stamp. */
export const STAMP = `(SELECT "stamp" FROM "${STAMP_TABLE}")`;
