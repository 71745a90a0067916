import type { FileView } from '../../files/files.views.js';

/** A paper that stands with an agenda item. */
export interface ItemFileView extends FileView {
  /** Of a paper of an item this one was carried over from: the day of the session it was sent for; null of its own. */
  sentForOn: string | null;
}

/** The papers of an agenda item, oldest first, after those of the items it was carried over from. */
export interface ItemFileList {
  items: ItemFileView[];
}
