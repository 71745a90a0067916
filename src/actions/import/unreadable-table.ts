/** A file that cannot be read as a table; the message says why. */
export class UnreadableTable extends Error {}
