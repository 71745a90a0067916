import type { FileView } from '../../files/files.views.js';

/** A paper shown with an agenda item. */
export interface ItemFileView extends FileView {
  /**
   * For a paper of an item this one was carried over from: the day of the session it was sent for; null for its own
   * papers.
   */
  sentForOn: string | null;
}

/** The papers of an agenda item, oldest first, after those of the items it was carried over from. */
export interface ItemFileList {
  items: ItemFileView[];
}
