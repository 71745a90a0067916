/**
 * What the service itself stores, in English, in place of the mail server's response, and its Dutch wording on pages.
 */
const OWN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^No mail server was configured\.$/, 'Er was geen mailserver ingesteld.'],
  [/^Pending when the backup was made\.$/, 'Deze mail stond nog klaar toen de back-up werd gemaakt.'],
  [
    /^It could not be composed in time; nothing was sent\.$/,
    'Het maken van de mail duurde te lang. Er is niets verstuurd.',
  ],
  [
    /^The message could not be composed; see the log of the service\.$/,
    'De mail kon niet worden gemaakt. Kijk in het logboek van de server.',
  ],
  [
    /^The outcome could not be stored; see the log of the service\.$/,
    'Er kon niet worden opgeslagen wat er van de mail werd. Kijk in het logboek van de server.',
  ],
  [/^The service stopped before it could be sent\.$/, 'De dienst stopte voordat de mail weg was.'],
  [/^The service stopped\.$/, 'De dienst stopte tijdens het versturen.'],
  [/^The connection was closed\.$/, 'De verbinding is verbroken.'],
  [/^The mail server closed the connection\.$/, 'De mailserver verbrak de verbinding.'],
  [/^Timed out after (\d+) seconds\.$/, 'De mailserver antwoordde niet binnen $1 seconden.'],
  [/^Not a single plain e-mail address\.$/, 'Dit is geen gewoon e-mailadres.'],
  [/^Only addresses ending in (.+) are allowed\.$/, 'Hier gaat alleen mail naar adressen die eindigen op $1.'],
  [/^It expired before it could be sent\.$/, 'De tijd om dit te versturen was al voorbij.'],
  [/^It expired\. The last response was: none$/, 'De tijd om dit te versturen is voorbij.'],
  [
    /^It may have been sent; it is sent at most once\.$/,
    'Misschien is de mail al weg. Deze soort gaat nooit twee keer.',
  ],
  [
    /^The month began before mail was released from this restored copy\.$/,
    'De maand begon voordat de mail van deze herstelde kopie werd vrijgegeven.',
  ],
];
const EXPIRED = /^It expired\. The last response was: ([^]+)$/;

/** The outcome of a message: the service's own sentence in Dutch, or else the mail server's response, unchanged. */
export function outcomeWords(stored: string | null): { own: string | null; server: string | null } {
  if (stored === null) return { own: null, server: null };
  const known = OWN_WORDS.find(([pattern]) => pattern.test(stored));
  if (known) return { own: stored.replace(...known), server: null };
  const last = EXPIRED.exec(stored)?.[1];
  if (last === undefined) return { own: null, server: stored };
  const before = outcomeWords(last);
  const over = 'De tijd om dit te versturen is voorbij.';
  return { own: `${over} ${before.own ?? `De mailserver zei als laatste: ${before.server}`}`, server: null };
}
