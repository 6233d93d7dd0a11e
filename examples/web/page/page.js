// What the page does. The access token is only in the client's memory. The refresh token is in a cookie that no
// script can read.
import { AuthApiError, createAuthClient } from '/express-auth-api/client/index.js';
import { clearForms, deviceName, explain, fillAccount, find, onSubmit, say, show } from './view.js';

const response = await fetch('settings.json');
const auth = createAuthClient({
  ...(await response.json()),
  refreshDelivery: 'cookie',
  onSignedOut(reason) {
    say(reason === 'logout' ? 'You have signed out.' : 'Your session has ended. Please sign in again.');
    show('sign-in');
  },
});
/** Proves the first step of a sign-in with a second factor. */
let mfaToken = '';

/** Shows the account. Without a session it shows the form, and without the API a button to try again. */
async function open() {
  try {
    // After a page load only the cookie knows the session.
    if (!auth.signedIn) await auth.refresh();
    const [{ user }, { sessions }] = await Promise.all([auth.profile(), auth.sessions()]);
    if (!auth.signedIn) return;
    fillAccount(user, sessions, id => void run(() => end(id)));
    clearForms();
    show('account');
  } catch (error) {
    const isRefused = error instanceof AuthApiError && error.status === 401;
    if (isRefused && !error.code.startsWith('signature_')) {
      show('sign-in');
    } else {
      explain(error);
      show('unavailable');
    }
  }
}

/**
 * Runs an action of the signed-in user. When the session is over, `onSignedOut` has said so.
 * @param {() => Promise<void>} action
 */
async function run(action) {
  say('');
  try {
    await action();
  } catch (error) {
    if (auth.signedIn) explain(error);
  }
}

/** @param {{ email: string, password: string }} credentials */
async function signIn(credentials) {
  try {
    await auth.login({ ...credentials, deviceName: deviceName() });
  } catch (error) {
    if (!(error instanceof AuthApiError && error.mfaToken)) throw error;
    mfaToken = error.mfaToken;
    show('code');
    return;
  }
  await open();
}

/** @param {string} id */
async function end(id) {
  try {
    await auth.endSession(id);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof AuthApiError && error.code === 'not_found')) throw error;
  }
  say('The session was ended.');
  await open();
}

onSubmit('sign-in', value => signIn({ email: value('email'), password: value('password') }));

onSubmit('register', async value => {
  const credentials = { email: value('email'), password: value('password') };
  await auth.register({ name: value('name'), ...credentials });
  show('sign-in');
  await signIn(credentials);
});

onSubmit('code', async value => {
  const code = value('code').replace(/\s/g, '');
  try {
    await auth.loginMfa(/^\d{6}$/.test(code) ? { mfaToken, code } : { mfaToken, recoveryCode: code });
  } catch (error) {
    if (!(error instanceof AuthApiError && error.code === 'token_invalid')) throw error;
    show('sign-in');
    say('The second step took too long. Please start again.');
    return;
  }
  await open();
});

for (const link of document.querySelectorAll('button[data-show]')) {
  link.addEventListener('click', () => {
    say('');
    show(link.getAttribute('data-show') ?? '');
  });
}
find('#retry', HTMLElement).addEventListener('click', () => void run(open));
find('#sign-out', HTMLElement).addEventListener('click', () => void run(() => auth.logout()));
// The session may have ended in another tab or on another device.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && auth.signedIn) void open();
});

await open();
