// Signing in with a passkey, and making one. Without this script the pages sign in by mail.
const { startAuthentication, startRegistration, browserSupportsWebAuthn } = window.SimpleWebAuthnBrowser;

async function send(path, body, csrf) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': csrf };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function signIn({ returnTo }) {
  const optionsJSON = await send('/aanmelden/passkey/opties', {}, '');
  return send('/aanmelden/passkey', { answer: await startAuthentication({ optionsJSON }), returnTo }, '');
}

async function register({ csrf, returnTo }) {
  const optionsJSON = await send('/account/passkeys/opties', {}, csrf);
  return send('/account/passkeys', { answer: await startRegistration({ optionsJSON }), returnTo }, csrf);
}

if (browserSupportsWebAuthn()) {
  for (const part of document.querySelectorAll('[data-passkey]')) {
    const button = part.querySelector('button');
    const words = part.querySelector('[role="alert"]');
    part.hidden = false;
    button.addEventListener('click', async () => {
      words.textContent = '';
      button.disabled = true;
      try {
        const { goTo } = await (part.dataset.passkey === 'register' ? register : signIn)(part.dataset);
        location.assign(goTo);
      } catch {
        words.textContent = part.dataset.failed;
        button.disabled = false;
        button.focus();
      }
    });
  }
}
