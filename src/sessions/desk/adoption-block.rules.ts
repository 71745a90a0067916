import type { MinutesToAdoptView } from '../../minutes/adoption/adoption.dto.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

const ROWS = [1, 2, 3];

/** Earlier minutes that this session can adopt, with the remarks on them; only the first one can be adopted now. */
export function toAdoptions(items: readonly MinutesToAdoptView[], isWritable: boolean, rejected?: RejectedScreenForm) {
  return items.map((one, index) => {
    const form = formOf(`vaststellen-${one.sessionId}`, {}, rejected);
    return {
      sessionId: one.sessionId,
      day: inDutch(one.heldOn),
      sentOn: inDutch(dayOf(one.sentAt)),
      number: one.number,
      version: one.version,
      isWritable,
      isFirst: index === 0,
      form,
      remarks: one.remarks.map(({ itemNumber, text, by, isObjection }) => ({
        itemNumber,
        text,
        by: by ?? '(naam verwijderd)',
        isObjection,
      })),
      rows: ROWS.map((row) => ({
        row,
        item: form.values[`item-${row}`] ?? '',
        old: form.values[`old-${row}`] ?? '',
        new: form.values[`new-${row}`] ?? '',
      })),
    };
  });
}
