import { type FieldSpec, filled, type FormBlock, formOf, type Option } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import type { PublicationRequestView } from './publication-requests.dto.js';

const TEXT =
  'Kies Mail mij: dan krijgt u een mail zodra er iets openbaar wordt. U stopt ermee via de link in die mail, of bij Mijn mail.';

/** The part of a list where its reader can subscribe by mail to new publications. */
export function askingSection(path: string, areas: readonly Option[], rejected?: RejectedForm) {
  const specs: FieldSpec[] = [{ name: 'areaId', label: 'Gebied', type: 'choice', options: areas }];
  const fields = filled(specs, rejected?.fields ?? {}, rejected?.problem, 'mail-');
  const form: FormBlock = { ...formOf(`${path}/mail`, 'Mail mij', fields), isAside: true };
  return { id: 'per-mail', title: 'Per mail', text: TEXT, form };
}

/** The same on the page of one area; the reader may already be subscribed to it, or to everything. */
export const byMail = (path: string, areaId: string, areaName: string, asked: readonly PublicationRequestView[]) => ({
  path,
  areaId,
  areaName,
  isAsked: asked.some((one) => one.areaId === null || one.areaId === areaId),
});
