/** A file that cannot be read as a table; the message gives the reason in Dutch. */
export class UnreadableTable extends Error {}
